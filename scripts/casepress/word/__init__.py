"""Word: a book as a .docx that leaders read and mark, and what a marked draft says differently. No PDF is known here."""
