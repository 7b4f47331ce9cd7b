"""Book: what stands in a book, in which order and in which measures, as HTML for the press. No PDF is known here."""
