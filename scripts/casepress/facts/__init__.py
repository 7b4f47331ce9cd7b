"""Facts: what holds without any collection: characters, places, slugs, pictures, titles, codes. Each module guards one fact or one library."""
