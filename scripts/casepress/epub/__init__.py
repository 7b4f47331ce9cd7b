"""EPUB: a book as one file for phones, made of what `book` says: XHTML, a package document, a zip. No page is known here."""
