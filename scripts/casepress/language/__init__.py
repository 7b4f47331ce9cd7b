"""How a Chinese text is written: marks in pairs, characters of the national standard, words that must be right."""
