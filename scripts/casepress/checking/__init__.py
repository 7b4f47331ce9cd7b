"""Checking: the truths that a collection should fulfil. Values in, problems out; nothing is mended or made here."""
