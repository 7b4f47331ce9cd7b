"""Known: the one WeasyPrint that the press knows, and the one way in which functions of it are replaced.

What the press replaces, and what its replacements were written against, is told in `SUMS`. Where WeasyPrint is of
another version, or one of these reads otherwise, nothing is replaced: a book that comes out a little wrong is worse than
none. When the version is to change: read what changed in each, see that the tests of lines, notes and fonts hold, and
write version and sums down (`python -m casepress.press.patches.known` prints them).
"""

import hashlib
import inspect
import linecache
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cache, reduce
from importlib import import_module
from typing import NamedTuple

import weasyprint

from casepress.values.problems import Failed

VERSION = "70.0"
# The beginning of the SHA-256 of each one's source, by its place below `weasyprint`
SUMS = {
    # replaced
    "layout.inline:get_next_linebox": "67af458c2545",
    "layout.inline:split_text_box": "8c564329599e",
    "layout.inline:text_align": "e953d41b87cc",
    "layout.inline:justify_line": "f83b21ff8793",
    "layout.leader:handle_leader": "e4bf5941eb94",
    "layout.block:_linebox_layout": "e07bbe000974",
    "layout.block:block_level_layout": "c1301dde9284",
    "layout.column:columns_layout": "7a05cce3272f",
    "layout:LayoutContext._update_footnote_area": "2e317e4b066f",
    "layout:LayoutContext.unlayout_footnote": "c7c223cf4a0f",
    "layout.block:block_container_layout": "65842ca53a83",
    "layout.block:table_layout": "6594fa40743f",
    "formatting_structure.boxes:Box.is_in_normal_flow": "5f49d6ab23da",
    "layout.block:find_earlier_page_break": "c2bbdcdfdf40",
    "layout.percent:resolve_percentages": "71673078096f",
    "layout.preferred:shrink_to_fit": "38ecf6d5c643",
    "layout.page:make_margin_boxes": "4a2d2e301eb3",
    "layout.background:layout_box_backgrounds": "617a870678c8",
    "text.line_break:split_first_line": "39ad1016863c",
    "text.line_break:can_break_text": "4f3fb5ef1c23",
    "text.line_break:strut": "b57885b70dd0",
    ":HTML.__init__": "5f19f40b8183",
    "html:get_html_metadata": "bc30b27717b2",
    "css:get_all_computed_styles": "e4063ec7d60e",
    "draw.text:draw_text": "ebaf96239c6c",
    "draw.text:draw_first_line": "1bb8eae6d88e",
    "pdf.stream:Stream.set_font_size": "34b9096d1555",
    "pdf.fonts:Font._harfbuzz_subset": "f80805663ede",
    "pdf.stream:Font": "1888854798bf",
    "draw:draw_inline_level": "068162a401d0",
    "draw.border:draw_outline": "c98afcef4e21",
    "stacking:_dispatch_children": "664961378e41",
    "pdf.tags:_build_box_tree": "f716251a83e7",
    "layout:layout_document": "a5cbf437e99c",
    # relied on
    "layout:initialize_page_maker": "5bb3c878d722",
    "layout.page:make_all_pages": "b5e403489484",
    "layout.page:remake_page": "1ff09b2dffa1",
    "document:Document._render": "ebaceeb0fa8e",
    "document:Page.__init__": "56afceec729b",
    "formatting_structure.boxes:ParentBox.page_values": "9bcfda076d19",
    "layout:LayoutContext.layout_footnote": "5075f64aaae4",
    "layout:LayoutContext.report_footnote": "f05bad3895c6",
    "layout.page:make_page": "656f183328e8",
    "layout.block:_break_line": "2b92255d94ab",
    "layout.block:remove_placeholders": "ce16d97a1caa",
    "urls:URLFetcher": "2bd2febdc135",
    "pdf:generate_pdf": "626343ef25c3",
    "pdf:_use_references": "4d1abd9646c3",
    "pdf.anchors:add_links": "262e8b9b2998",
    "pdf.anchors:resolve_links": "f95937bb4e4f",
    "pdf.tags:add_tags": "f0e74575b0ba",
    "pdf.fonts:build_fonts_dictionary": "fc551bef35d0",
    "draw:draw_stacking_context": "c5811b178bdf",
    "layout.inline:add_word_spacing": "879516e71f1b",
    "layout.inline:count_expandable_spaces": "175fe6f42576",
    "layout.leader:leader_index": "933aaa813a2b",
    "layout.inline:split_inline_box": "3a0cb7ca7e34",
    "layout.inline:remove_last_whitespace": "53f0c79c9fbb",
    "layout.inline:skip_first_whitespace": "deb2f1a5e2a6",
    "layout.inline:line_box_verticality": "1018aadb3410",
    "layout.inline:_adjust_line_height": "822443b08f53",
    "layout.inline:iter_line_boxes": "04aec48abfca",
    "layout.block:block_box_layout": "a6279066e3d9",
    "layout.float:avoid_collisions": "5fc7793c573a",
    "layout.background:layout_backgrounds": "5d7d4d589e3d",
    "layout.percent:resolve_radii_percentages": "4980b3798c67",
    "layout.page:set_page_type_computed_styles": "4e68b396b35c",
    "css:StyleFor.__init__": "b1e725a75525",
    "css:StyleFor.__call__": "96b91915ae7c",
    "css:StyleFor.add_page_declarations": "78e388ade232",
    "css:ComputedStyle.__init__": "ffbc48647d0d",
    "css:ComputedStyle.copy": "4398a49b631b",
    "css:ComputedStyle.__missing__": "b318d8efc8ac",
    "css:AnonymousStyle.__missing__": "d39252707764",
    "css:find_style_attributes": "c5b4eb4d3c00",
    "css:cssselect2.Matcher": "a651e3a3f14e",
    "css:cssselect2.compiler._compile_node": "9a4b58568dfe",
    "css:cssselect2.ElementWrapper": "6599588a3466",
    "layout.inline:_break_waiting_children": "62536bacd563",
    "layout.preferred:inline_line_widths": "6c24f789e3ce",
    "layout.preferred:trailing_whitespace_size": "cd005b8042a6",
    "text.line_break:create_layout": "6587192cc0ab",
    "text.line_break:line_size": "03fa04fd51fc",
    "text.line_break:Layout": "681b737d1ba5",
    "text.line_break:first_line_metrics": "55ec5d0b58b2",
    "text.line_break:get_log_attrs": "65c1a1c4fa75",
    "pdf.stream:Stream.begin_marked_content": "4348260a8eb6",
    "pdf.stream:Stream.end_marked_content": "8a54f4f87e2a",
    "pdf.stream:Stream.add_font": "e4226e111747",
    "pdf.stream:Stream.set_color": "d289ec41ef82",
    "pdf.fonts:Font.subset": "61ed6bc2e9a7",
    "pdf.fonts:get_hb_object_data": "03040a623df0",
    "text.fonts:FontConfiguration.__init__": "9fdb532fe2c8",
    "text.fonts:FontConfiguration.__del__": "b325ecf9683e",
    "layout.table:fixed_table_layout": "8eb61c662154",
    "formatting_structure.build:marker_to_box": "b471a3133517",
    "document:Document.copy": "1beed2ce8b1d",
    "draw:draw_block_level": "3de9ec3ad4aa",
    "draw.border:set_mask_border": "2d237bb80221",
    "draw.border:draw_border": "8ba918f30893",
    "pdf.stream:Stream.marked": "3fa3acacbbf6",
    "pdf.tags:_get_pdf_tag": "882707358f7c",
}


class UnknownWeasyPrint(Failed):
    """WeasyPrint is another than the one that the press knows; the message is a Chinese sentence."""


class Ours(NamedTuple):
    """A function of WeasyPrint that is replaced: what holds it, its name there, and what makes ours of the one that stood there."""

    holder: object
    name: str
    make: Callable[[Callable], Callable]


@contextmanager
def replaced(*ours: Ours) -> Iterator[None]:
    """Replace functions for the duration; WeasyPrint is as it was afterwards, also after an error.

    It may be nested: what is ours already stays as it is. It changes WeasyPrint for the whole process, so layout side by
    side belongs in processes, not threads. Raises UnknownWeasyPrint before anything is changed.
    """
    guarded()
    with ExitStack() as undo:
        for holder, name, make in ours:
            before = getattr(holder, name)
            if not any(vars(function).get("made_by") is make for function in _layers(before)):
                changed = make(before)
                changed.__wrapped__, changed.made_by = before, make
                setattr(holder, name, changed)
                undo.callback(setattr, holder, name, before)
        yield


def guarded() -> None:
    """See that the WeasyPrint that is installed is the one that is known; read once. Raises UnknownWeasyPrint."""
    _guard(weasyprint.__version__)


@cache
def _guard(version: str) -> None:
    if version != VERSION:
        raise UnknownWeasyPrint(f"排版要用 WeasyPrint {VERSION}，这里装的是 {version}，请运行 pip install 'weasyprint=={VERSION}'")
    changed = [place for place, known in SUMS.items() if read_sum(place) != known]
    if changed:
        raise UnknownWeasyPrint(
            f"这里的 WeasyPrint {version} 被改动过，和排版所用的不一样：{'、'.join(changed)}，"
            f"请运行 pip install --force-reinstall 'weasyprint=={VERSION}'"
        )


def read_sum(place: str) -> str:
    """The sum of what stands at a place below `weasyprint.` now, as in `SUMS`; empty where nothing does or its source is not there."""
    module, _, name = place.partition(":")
    try:
        found = reduce(getattr, name.split("."), import_module(f"weasyprint.{module}".rstrip(".")))
        return hashlib.sha256(_source(inspect.unwrap(found)).encode()).hexdigest()[:12]
    except (ImportError, AttributeError, OSError, TypeError):
        return ""


def _source(found: Callable | type) -> str:
    """The source of a function, or of a class that stands by itself, as `inspect.getsource` has it, which looks at every token of it."""
    lines = linecache.getlines(inspect.getfile(found))
    if inspect.isclass(found):
        first = next((nth for nth, line in enumerate(lines) if line.startswith((f"class {found.__name__}:", f"class {found.__name__}("))), None)
    else:
        first = found.__code__.co_firstlineno - 1
    if first is None or first >= len(lines):
        raise OSError("its source is not there")
    margin = re.match(" *", lines[first])[0]
    head, inside = re.compile(f"{margin}(async def|def|class)\\b"), re.compile(rf"{margin}[ )]|\s*(#|$)")
    begun = next(nth for nth in range(first, len(lines)) if head.match(lines[nth]))
    last = next((nth for nth in range(begun + 1, len(lines)) if not inside.match(lines[nth])), len(lines))
    while not lines[last - 1].startswith((f"{margin} ", f"{margin})")):  # what stands between it and the next
        last -= 1
    return "".join(lines[first:last])


def _layers(function: Callable) -> Iterator[Callable]:
    """A function, the one that it replaced, and so on."""
    while function is not None:
        yield function
        function = vars(function).get("__wrapped__")


if __name__ == "__main__":
    print(f'VERSION = "{weasyprint.__version__}"')
    print("\n".join(f'    "{place}": "{read_sum(place)}",' for place in SUMS))
