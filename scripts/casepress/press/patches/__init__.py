"""Patches: all that reaches into WeasyPrint: which of its functions are replaced, and on which the press leans; one guard for all."""

from casepress.press.patches import libraries  # noqa: F401  # before anything else loads WeasyPrint
