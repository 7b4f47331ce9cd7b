"""Likeness: which texts share long passages, found among thousands in seconds. Texts go in, pairs and groups of their places come out."""
