"""Tags: the structure tree that WeasyPrint writes, mended where PDF/UA-1 or a screen reader wants it otherwise.

WeasyPrint 70 leaves a list item's blocks beside its mark, and makes two headings of one with a block in it.
"""

from pikepdf import Array, Dictionary, Name, Object, Pdf

_HEADINGS = frozenset(f"/H{level}" for level in range(1, 7))


def mend(pdf: Pdf) -> None:
    """Put a list item's blocks into its body (ISO 14289-1, 7.2), and a heading's blocks into one heading."""
    for item in list(pdf.objects):
        if isinstance(item, Dictionary) and item.get("/Type") == Name.StructElem:
            if item.S == Name.LI:
                _one_body(pdf, item)
            elif str(item.S) in _HEADINGS:
                _one_heading(item)


def _one_body(pdf: Pdf, item: Object) -> None:
    kids = list(item.K)
    marks = [kid for kid in kids if isinstance(kid, Dictionary) and kid.get("/S") == Name.Lbl]
    rest = [kid for kid in kids if not any(kid is mark for mark in marks)]
    if len(rest) <= 1 and all(isinstance(kid, Dictionary) and kid.get("/S") == Name.LBody for kid in rest):
        return
    body = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.LBody, K=Array(), P=item, Pg=item.Pg))
    for kid in rest:
        parts = list(kid.K) if kid.S == Name.LBody else [kid]
        for part in parts:
            if isinstance(part, Dictionary) and "/P" in part:
                part.P = body
        body.K.extend(parts)
    item.K = Array([*marks, body])


def _one_heading(item: Object) -> None:
    for kid in item.K:
        if isinstance(kid, Dictionary) and str(kid.get("/S", "")) in _HEADINGS:
            kid.S = Name.Span
