"""What a piece is once it is written: values and bytes that know no WeasyPrint. Only the press may enter."""
