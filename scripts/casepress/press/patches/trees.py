"""Trees: the structure tree that WeasyPrint writes, mended where PDF/UA-1 or a screen reader wants it otherwise, and made short.

WeasyPrint 70 leaves a list item's blocks beside its mark, makes two headings of one with a block in it, takes the levels of
headings as they come, does not say what a head of a table is the head of, and gives every run of text an element of its own.
"""

import pydyf
from weasyprint.formatting_structure import boxes
from weasyprint.pdf import tags

from casepress.press.patches.known import Ours, UnknownWeasyPrint, replaced

_HEADINGS = {f"/H{level}": level for level in range(1, 7)}
_HOLDERS = ("P", "H1", "H2", "H3", "H4", "H5", "H6", "Div", "NonStruct")  # kinds of blocks of which WeasyPrint makes nothing but an element
_PLAIN = ("/Span", "/NonStruct")  # say nothing of what they hold


class Tags:
    """The structure tree of a PDF of WeasyPrint's while its pages are drawn one by one, as `add_tags` makes it of all of them: list items
    with one body (ISO 14289-1, 7.2), headings without headings in them, levels without a gap (7.4.2), heads of tables with their
    direction (7.5), text in its paragraph itself.
    """

    def __init__(self, pdf: pydyf.PDF) -> None:
        self._pdf, self._annotations, self._pages = pdf, [], 0
        self._ways, root, self._document = (pydyf.Dictionary() for _ in range(3))
        for item in (self._ways, root, self._document):
            pdf.add_object(item)
        self._ways["Nums"] = pydyf.Array()
        root |= {"Type": "/StructTreeRoot", "ParentTree": self._ways.reference, "K": pydyf.Array([self._document.reference])}
        self._document |= {"Type": "/StructElem", "S": "/Document", "K": pydyf.Array(), "P": root.reference}
        pdf.catalog["StructTreeRoot"] = root.reference

    def add(self, page, drawn) -> None:
        """Add the elements of the next page, whose stream says what was drawn of which box. Raises known.UnknownWeasyPrint."""
        nums, marked = {}, drawn._tags
        with replaced(Ours(tags, "_build_box_tree", _texts)):
            found = tags._build_box_tree(page._page_box, self._document, self._pdf, self._pages, nums, self._annotations, marked)
            self._document["K"].extend([element.reference for element in found])
        if marked:
            raise UnknownWeasyPrint("WeasyPrint 记录文字所在的办法和这里知道的不一样，请把这句话交给技术人员")
        self._ways["Nums"] += [self._pages, pydyf.Array([reference for _, reference in sorted(nums.items())])]
        self._pages += 1

    def finish(self, lang: str | None) -> None:
        """Mend the tree when the last page is there."""
        for number, (reference, annotation) in enumerate(self._annotations, self._pages):
            self._ways["Nums"] += [number, reference]
            annotation["StructParent"] = number
        self._pdf.catalog["Lang"] = pydyf.String(lang or "zh-CN")
        root = _Tree(self._pdf)
        root.mend(root.top, 0)
        root.shorten(root.top)


def _texts(ask):
    """WeasyPrint's `_build_box_tree`, in which a block of lines holds its text at once: what would say only that there is some is not made."""

    def _build_box_tree(box, parent, pdf, page_number, nums, annotations, marked):
        texts = _alone(box) if type(box) is boxes.BlockBox and box.link_annotation is None and box.widget_annotation is None else None
        name = None if box.element is None else box.element_tag
        kind = tags._get_pdf_tag(name) if texts and name not in ("html", "body") else ""
        if kind not in _HOLDERS:
            yield from ask(box, parent, pdf, page_number, nums, annotations, marked)
            return
        held = [marked.pop(text)["mcid"] for text in texts]
        entries = {
            "Type": "/StructElem",
            "S": f"/{kind}",
            "K": pydyf.Array(held),
            "Pg": pdf.page_references[page_number],
            "P": parent.reference,
        }
        element = pydyf.Dictionary(entries)
        pdf.add_object(element)
        nums.update(dict.fromkeys(held, element.reference))
        yield element

    return _build_box_tree


def _alone(box) -> list | None:
    """The texts of a block's lines where there is nothing else in them."""
    found: list = []
    for line in box.children:
        if type(line) is not boxes.LineBox:
            return None
        for child in line.children:
            if type(child) is not boxes.TextBox:
                return None
            found.append(child)
    return found


class _Tree:
    """A structure tree among the objects of a PDF: `nums` leads from a page's marked content to its element."""

    def __init__(self, pdf: pydyf.PDF) -> None:
        self._pdf = pdf
        root = self._at(pdf.catalog["StructTreeRoot"])
        self.top = self._at(root["K"][0])
        nums = self._at(root["ParentTree"])["Nums"]
        self._nums = {number: of for number, of in zip(nums[::2], nums[1::2], strict=True) if isinstance(of, list)}
        self._page = {reference: number for number, reference in enumerate(pdf.page_references)}

    def _at(self, reference: bytes) -> pydyf.Object:
        return self._pdf.objects[int(reference.split(b" ", 1)[0])]

    def _kids(self, item: pydyf.Dictionary) -> list:
        return [kid if isinstance(kid, int) else self._at(kid) for kid in item["K"]]

    def mend(self, item: pydyf.Dictionary, level: int) -> int:
        """Mend an element and all below it in reading order; `level` is that of the heading before, and so is what comes back."""
        kind = item["S"]
        if kind == "/LI":
            self._one_body(item)
        elif kind == "/TR":
            self._heads_point(item)
        elif kind in _HEADINGS:
            level = min(_HEADINGS[kind], level + 1)
            item["S"] = f"/H{level}"
        for kid in self._kids(item):
            if isinstance(kid, dict) and "S" in kid:
                if kind in _HEADINGS and kid["S"] in _HEADINGS:
                    kid["S"] = "/Span"
                level = self.mend(kid, level)
        return level

    def _one_body(self, item: pydyf.Dictionary) -> None:
        kids = self._kids(item)
        marks = [kid for kid in kids if kid["S"] == "/Lbl"]
        rest = [kid for kid in kids if kid["S"] != "/Lbl"]
        if len(rest) <= 1 and all(kid["S"] == "/LBody" for kid in rest):
            return
        body = pydyf.Dictionary({"Type": "/StructElem", "S": "/LBody", "K": pydyf.Array(), "P": item.reference, "Pg": item["Pg"]})
        self._pdf.add_object(body)
        for kid in rest:
            kid["P"] = body.reference
            kid["S"] = "/NonStruct" if kid["S"] == "/LBody" else kid["S"]
            body["K"].append(kid.reference)
        item["K"] = pydyf.Array([kid.reference for kid in (*marks, body)])

    def _heads_point(self, row: pydyf.Dictionary) -> None:
        """A head in a row of heads is its column's, one among other cells its row's. That says it all (WeasyPrint's lists of
        heads for each cell are wrong beside merged cells)."""
        cells = self._kids(row)
        in_head = self._at(row["P"])["S"] == "/THead" or all(cell["S"] == "/TH" for cell in cells)
        for cell in cells:
            if "A" in cell:
                cell["A"].pop("Headers", None)
            if cell["S"] == "/TH":
                cell["A"]["Scope"] = "/Column" if in_head else "/Row"

    def shorten(self, item: pydyf.Dictionary) -> None:
        """Let an element hold its text itself: those below it that only say that there is some go."""
        kids: list = []
        for reference in item["K"]:
            if isinstance(reference, int):
                kids.append(reference)
                continue
            kid = self._at(reference)
            if "S" not in kid:  # a link's place
                kids.append(reference)
                continue
            self.shorten(kid)
            if kid["S"] in _PLAIN and "Pg" in item and kid["Pg"] == item["Pg"] and all(isinstance(each, int) for each in kid["K"]):
                nums = self._nums[self._page[kid["Pg"]]]
                for mark in kid["K"]:
                    nums[mark] = item.reference
                kids += kid["K"]
            elif kid["S"] not in _PLAIN or kid["K"]:
                kids.append(reference)
        item["K"] = pydyf.Array(kids)
        for key in ("Type", "ID"):
            item.pop(key, None)  # not required (ISO 32000-1, table 323); nothing is found by it
