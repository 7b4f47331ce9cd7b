"""Likeness: which texts share long passages, found among thousands in seconds. Texts go in, pairs of their names come out."""
