"""Lines: Chinese paragraphs measured, broken and set; the arithmetic of CLREQ inside the press."""
