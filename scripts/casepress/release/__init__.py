"""Release: what a finished release holds: every file with its sum, and what must not be in it. No case is known here."""
