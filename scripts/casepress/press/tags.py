"""Tags: the structure tree that WeasyPrint writes, mended where PDF/UA-1 or a screen reader wants it otherwise.

WeasyPrint 70 leaves a list item's blocks beside its mark, makes two headings of one with a block in it, and takes the
levels of headings as they come, and does not say what a head of a table is the head of.
"""

from pikepdf import Array, Dictionary, Name, Object, Pdf

_HEADINGS = {f"/H{level}": level for level in range(1, 7)}


def mend(pdf: Pdf) -> None:
    """Give list items one body (ISO 14289-1, 7.2), headings no headings, levels without a gap (7.4.2), heads of tables
    their direction (7.5)."""
    _walk(pdf, pdf.Root.StructTreeRoot.K[0], 0)


def _walk(pdf: Pdf, item: Object, level: int) -> int:
    """Mend an element and all below it in reading order; `level` is that of the heading before, and so is what comes back."""
    kind = str(item.S)
    if kind == "/LI":
        _one_body(pdf, item)
    elif kind == "/TR":
        _heads_point(item)
    elif kind in _HEADINGS:
        level = min(_HEADINGS[kind], level + 1)
        item.S = Name(f"/H{level}")
    for kid in item.K:
        if isinstance(kid, Dictionary) and "/S" in kid:
            if kind in _HEADINGS and str(kid.S) in _HEADINGS:
                kid.S = Name.Span
            level = _walk(pdf, kid, level)
    return level


def _one_body(pdf: Pdf, item: Object) -> None:
    kids = list(item.K)
    marks = [kid for kid in kids if kid.S == Name.Lbl]
    rest = [kid for kid in kids if kid.S != Name.Lbl]
    if len(rest) <= 1 and all(kid.S == Name.LBody for kid in rest):
        return
    body = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.LBody, K=Array(), P=item, Pg=item.Pg))
    for kid in rest:
        kid.P = body
        kid.S = Name.NonStruct if kid.S == Name.LBody else kid.S
        body.K.append(kid)
    item.K = Array([*marks, body])


def _heads_point(row: Object) -> None:
    """A head in a row of heads is its column's, one among other cells its row's. That says it all (WeasyPrint's lists of
    heads for each cell are wrong beside merged cells)."""
    cells = list(row.K)
    in_head = row.P.S == Name.THead or all(cell.S == Name.TH for cell in cells)
    for cell in cells:
        if "/A" in cell and "/Headers" in cell.A:
            del cell.A["/Headers"]
        if cell.S == Name.TH:
            cell.A.Scope = Name.Column if in_head else Name.Row
