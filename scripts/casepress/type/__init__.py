"""Type: font files, the faces that a book asks for by role, and which characters they have."""
