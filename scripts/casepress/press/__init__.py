"""The press: the door to WeasyPrint and pikepdf. HTML goes in, bound PDFs come out."""
