"""casepress: from a folder of cases to a website and a book."""

__version__ = "0.1.0"
