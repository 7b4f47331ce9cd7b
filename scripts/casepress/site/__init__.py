"""Site: the pages of the website, staged as a docs tree and built. The door to MkDocs."""
