"""What may not be published: personal data found in texts, whatever spelling it has. Only facts may enter, no collection."""
