"""Styles: what a stylesheet makes of an element, reckoned once for all documents that are laid out in it.

WeasyPrint reckons some eighty properties of every element, of the pages and of their sixteen margins for each document
anew, though elements that the same rules match, below parents that are alike, come out alike. Inside `kept_styles()` they
are kept with the stylesheet. A document that brings a stylesheet or drawings of its own goes WeasyPrint's way; elements
with a `style` of their own, and all below them, are kept as long as there are not too many of them.

In: a document and its stylesheets. Out: WeasyPrint's `StyleFor`, whose styles are shared.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from weasyprint import css, document
from weasyprint.css import ComputedStyle, InitialStyle, StyleFor

from casepress.press.patches.known import Ours, replaced
from casepress.press.patches.matching import Like, Matching, matched

_MANY = 400  # elements with a style of their own, and what is below them: a book has few widths, but pictures of all sizes


@contextmanager
def kept_styles() -> Iterator[None]:
    """Lay out documents in the styles that their stylesheet keeps: `with kept_styles(): document = HTML(…).render(…)`.

    Raises known.UnknownWeasyPrint.
    """
    with replaced(Ours(document, "get_all_computed_styles", _keeping)):
        yield


class _Found(NamedTuple):
    """What rules make of an element: its style and those of its pseudo-elements. `parent` is held so that its id is nobody else's."""

    parent: object
    style: ComputedStyle
    pseudo: dict[str, ComputedStyle]
    is_kept: bool


class _Sizes(dict):
    """The sizes of the first page, which lengths like 1vw ask for: whoever asks has a style that is one document's."""

    is_asked = False

    def __getitem__(self, key):
        self.is_asked = True
        return super().__getitem__(key)


class _Kept:
    """The styles that a stylesheet keeps, for one configuration of fonts."""

    def __init__(self, fonts) -> None:
        self.fonts, self.sizes, self.elements, self.pages, self.own = fonts, _Sizes(), {}, {}, {}
        self.matching: dict[tuple, Matching] = {}


class _Named(ComputedStyle):
    """The style of an element with an id: that of its like, but for the name."""

    def __init__(self, base: ComputedStyle, anchor: str) -> None:
        base.anonymous_style  # noqa: B018 (the same for both, and made once)
        vars(self).update(vars(base))
        self.update(base)
        self["anchor"] = anchor
        self.base = base

    def __missing__(self, key):
        value = self[key] = self.base[key]
        return value


def _keeping(ask):
    """WeasyPrint's `get_all_computed_styles`, which takes from a stylesheet what it made of other documents."""

    def get_all_computed_styles(html, user_stylesheets=None, presentational_hints=False, font_config=None, *others, **named):
        given = (html, user_stylesheets, presentational_hints, font_config, *others)
        if len(user_stylesheets or ()) != 1 or presentational_hints or font_config is None or not _is_plain(html):
            return ask(*given, **named)
        counters, _, _, _, collector, forms = others
        (sheet,) = user_stylesheets
        kept = vars(sheet).get("kept")
        if kept is None or kept.fonts is not font_config:
            kept = sheet.kept = _Kept(font_config)
        if kept.sizes.is_asked:
            return ask(*given, **named)
        for style in html._ua_counter_style():
            counters.update(style)
        sheets = [(each, "user agent", None) for each in html._ua_stylesheets(forms)] + [(sheet, "user", None)]
        return _StyleFor(html, sheets, font_config, collector, kept)

    return get_all_computed_styles


def _is_plain(html) -> bool:
    return not any(
        not isinstance(element.tag, str) or element.tag[0] == "{" or element.tag in ("style", "link") for element in html.etree_element.iter()
    )


class _StyleFor(StyleFor):
    """WeasyPrint's `StyleFor` over styles that are kept."""

    def __init__(self, html, sheets, font_config, target_collector, kept: _Kept) -> None:
        self._cascaded_styles, self._computed_styles = {}, {}
        self._sheets, self.font_config, self._kept = sheets, font_config, kept
        if len(kept.own) > _MANY:
            kept.own = {}  # all at once: they know their parents by their ids
        self._html, self._own = html, kept.own
        self.initial_page_sizes = kept.sizes
        kept.sizes.update(box=None, area=None)
        found: dict[object, _Found] = {}
        alike: dict[object, Like] = {None: None}
        all_sheets = tuple(sheet for sheet, *_ in sheets)
        if all_sheets not in kept.matching:
            kept.matching[all_sheets] = Matching(all_sheets)
        matching = kept.matching[all_sheets]
        self._root = None
        for element in html.wrapper_element.iter_subtree():
            tree = element.etree_element
            above = element.parent.etree_element if element.parent else None
            like = alike[tree] = matching.like(element, alike[above])
            found[tree] = self._element(tree, found.get(above), matched(element, like))
            self._root = self._root or found[tree]
            anchor = (tree.tag == "a" and tree.get("name")) or tree.get("id")
            self._computed_styles[tree, None] = _Named(found[tree].style, anchor) if anchor else found[tree].style
            for pseudo, style in found[tree].pseudo.items():
                self._computed_styles[tree, pseudo] = style
            if anchor:
                target_collector.collect_anchor(anchor)

    def _element(self, element, parent: _Found | None, rules: Sequence[tuple]) -> _Found:
        own, lang = element.get("style"), element.get("lang")
        is_kept = not own and (parent is None or parent.is_kept)
        store = self._kept.elements if is_kept else self._own
        key = (id(parent.style) if parent else None, own, lang, tuple((number, order) for number, _, order, *_ in rules))
        if key not in store:
            store[key] = self._made(element, parent, rules, is_kept)
        return store[key]

    def _made(self, element, parent: _Found | None, rules: Sequence[tuple], is_kept: bool) -> _Found:
        cascaded: dict[str | None, dict] = {None: {}}
        for specificity, _, declarations, base_url in css.find_style_attributes(_Alone(element), False, self._html.base_url):
            _cascade(cascaded[None], css.preprocess_declarations(base_url, declarations), "author", css.inf, specificity)
        cascaded[None].pop("anchor", None)
        for number, specificity, _, pseudo, (declarations, layer), _ in rules:
            sheet, origin, of_sheet = self._sheets[number]
            order = css.inf if layer is None else sheet.layers.index(layer)
            _cascade(cascaded.setdefault(pseudo, {}), declarations, origin, order, of_sheet or specificity)
        over = parent.style if parent else None
        root = self._root.style if self._root else InitialStyle(self.font_config)
        style = self._computed(over, cascaded.pop(None), None, root)
        root = self._root.style if self._root else style
        return _Found(parent, style, {pseudo: self._computed(style, each, pseudo, root) for pseudo, each in cascaded.items()}, is_kept)

    def _computed(self, parent, cascaded: dict, pseudo: str | None, root) -> ComputedStyle:
        return ComputedStyle(parent, cascaded, pseudo, root, self._html.base_url, self.font_config, self.initial_page_sizes)

    def add_page_declarations(self, page_type):
        """Give a page and its margins their styles: those of the pages that the same rules match."""
        matched = tuple(
            (number, at, which)
            for number, (sheet, *_) in enumerate(self._sheets)
            for at, (_, selectors, _) in enumerate(sheet.page_rules)
            for which, (_, _, selector) in enumerate(selectors)
            if self._page_type_match(selector, page_type)
        )
        store = self._kept.pages if self._root.is_kept else self._own
        key = id(self._root.style), matched
        if key not in store:
            super().add_page_declarations(page_type)
            cascaded = {pseudo: style for (_, pseudo), style in self._cascaded_styles.items()}
            style = self._computed(self._root.style, cascaded.pop(None, {}), None, self._root.style)
            pseudo = {name: self._computed(style, each, name, self._root.style) for name, each in cascaded.items()}
            store[key] = _Found(self._root, style, pseudo, self._root.is_kept)
            self._cascaded_styles.clear()
        self._computed_styles[page_type, None] = store[key].style
        for name, style in store[key].pseudo.items():
            self._computed_styles[page_type, name] = style

    def set_computed_styles(self, *given, **named):
        """What WeasyPrint does for pages when their declarations are added; here it is done."""


class _Alone:
    """An element without those below it, for what walks over a tree."""

    def __init__(self, element) -> None:
        self._element = element

    def iter(self):
        return iter((self._element,))


def _cascade(style: dict, declarations, origin: str, layer, specificity) -> None:
    """Take over what is declared where nothing weightier was."""
    for name, values, importance in declarations:
        weight = (css.declaration_precedence(origin, importance), layer, specificity)
        old = style.get(name, (None, None))[1]
        if old is None or old <= weight:
            style[name] = values, weight
