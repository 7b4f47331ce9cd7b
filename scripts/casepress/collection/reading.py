"""Reading: from the files of a collection to one frozen `Collection`, with every problem of every file at once.

Two passes: first what each file says by itself (`drafts`), which gives the ids; then the links of the bodies, which need them.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from casepress.collection import filenames, project, selections, settling
from casepress.collection.agreeing import Origin, agreed
from casepress.collection.bodies import Reader
from casepress.collection.drafts import Read, read_drafts
from casepress.collection.headers import Draft, unknown_names
from casepress.collection.keeping import keep, kept
from casepress.collection.leads import astray, leads
from casepress.collection.links import Target, pages_made, targets
from casepress.collection.ordering import ordered
from casepress.collection.project import SETTINGS, Project
from casepress.collection.settings import read_settings
from casepress.collection.standing import is_published, rules_by_batch, standing
from casepress.collection.taken import ids_are_there, parted, targets_of
from casepress.collection.texts import FOLDER, lost_introductions, missing_texts, read_texts, settled_texts, wanted_texts
from casepress.collection.webpages import web_targets
from casepress.facts import budgets, enclosures
from casepress.facts.budgets import READING, Over
from casepress.facts.systems import is_leftover, same
from casepress.markup import decoding
from casepress.values.cases import Case, Collection
from casepress.values.fields import Enclosure
from casepress.values.problems import Problem, error, in_order

# Below content/, what the website keeps for what is made from the cases.
_MOST = {True: decoding.MAX_BYTES, False: enclosures.MOST_FILM}  # bytes of a page, and of another file
_KEPT = ("cases/", "by/", "pictures/", "books/", "search/")


def read_collection(
    place: Project, content: Mapping[str, bytes], reader: Reader | None = None, source: bytes | None = None
) -> tuple[Collection | None, tuple[Problem, ...]]:
    """The collection in a project's `cases/`, in reading order, and all its problems in file order.

    `content` are the files of `content/` as `read_content` gives them: links may lead there.
    A case with an error in its header is left out of the collection; None where collection.yml itself is unreadable.
    """
    reader, source = reader or Reader(), project.read(place, SETTINGS) if source is None else source
    settings, problems = read_settings(source)
    if settings is None:
        return None, in_order(problems)
    names, found = project.case_files(place)
    problems += (*found, *filenames.unfit(place))
    names, left = parted(place, names, taken := settings.privacy.taken_down)
    problems += tuple(ids_are_there(left, taken))
    before = kept(place, reader)
    every = read_drafts(place, source, settings, names, reader, before)
    read = [each for each in every if each.draft]
    drafts = [each.draft for each in read]
    problems += tuple(problem for each in every for problem in each.problems)
    unknown = [name for each in every for name in each.unknown]
    problems += (*unknown_names(unknown, settings.fields), *_ids_are_unique(drafts))
    origins = [Origin(draft.path, draft.lines) for draft in drafts]
    values, found = agreed([draft.values for draft in drafts], settings.fields, origins, settings.lines, settings.places.places)
    problems += (*found, *standing(values, origins, settings))
    texts, found = read_texts(place, wanted := wanted_texts(settings.shelf))
    problems += (*found, *missing_texts(wanted, texts, settings.lines.at("book", "texts")))
    rules = rules_by_batch(settings.rules)
    waiting = {draft.path for draft, facts in zip(drafts, values, strict=True) if not is_published(facts, rules)}
    may = targets(
        map(_target, read),
        (text.target(reader) for text in texts),
        web_targets(content, reader),
        pages_made(settings.fields),
        gone=targets_of(left, taken),
        broken=set(names) - {draft.path for draft in drafts},
        waiting=waiting,
    )
    pictures: dict[str, str] = {}
    enclosed: dict[str, str] = {}
    cases = []
    now = [each for each in every if not each.draft]
    led = [leads(place, each.name, each.body.references, each.draft.body_line, may) for each in read]
    for each, facts, found, settled in zip(read, values, led, settling.settled(reader, read, led), strict=True):
        draft, path, prefix = each.draft, each.name, each.draft.prefix
        if isinstance(settled, Over):
            problems += (*found.problems, *budgets.problems(path, READING, settled))
            continue
        photos = draft.values.get("photos", ())
        if path not in waiting:
            pictures.update(found.pictures)
            pictures.update((photo.name, photo.file) for photo in photos)
            enclosed.update(found.files)
            files = [value for some in draft.values.values() for value in some if isinstance(value, Enclosure)]
            enclosed.update((file.name, file.file) for file in files)
            pictures.update((file.poster_name, file.poster) for file in files if file.poster)
        now.append(each if settled is each.body else replace(each, body=settled))
        body = settled.fragment
        problems += (*found.problems, *astray(path, draft.body_line, body, prefix))
        cases.append(
            Case(
                draft.id,
                path,
                draft.title,
                MappingProxyType(facts),
                body,
                draft.lines,
                draft.markdown,
                draft.body_line,
                settled.characters,
                settled.letters,
                draft.title_parts,
                each.personal,
                draft.minors,
                settled.findings,
                draft.settled,
            )
        )
    keep(place, reader, before, now)
    brought = set(enclosed.values())
    problems = tuple(each for each in problems if each.check != "files_are_cases" or each.path not in brought)
    withheld = tuple(case for case in cases if case.path in waiting)
    cases = [case for case in cases if case.path not in waiting]
    texts, found = settled_texts(place, texts, may, reader)
    problems += (*found, *lost_introductions(texts, cases))
    collection = Collection(
        fields=settings.fields,
        cases=ordered(cases, settings.order, settings.fields),
        texts=texts,
        pictures=MappingProxyType(pictures),
        enclosed=MappingProxyType(enclosed),
        book=settings.shelf.book,
        order=settings.order,
        email=settings.email,
        withheld=withheld,
        **{
            name: getattr(settings, name)
            for name in ("title", "subtitle", "publisher", "date", "language", "address", "imprint", "privacy", "rules", "wishes", "footer")
        },
    )
    books, lines, found = selections.books(collection, settings.shelf)
    collection = replace(collection, books=books, lines=settings.lines.beside(lines))
    return collection, in_order((*problems, *found))


def read_content(place: Project) -> tuple[Mapping[str, bytes], tuple[Problem, ...]]:
    """The site's files of `content/` by their path in it, Markdown in UTF-8 whatever it was in, and their problems.

    What is in `content/book` is the book's, and no page of the site.
    """
    files, pages, problems = {}, {}, []
    for path in project.content_files(place):
        if path.startswith(FOLDER) or is_leftover(path):
            continue
        name = path.removeprefix("content/")
        if not name.isprintable():
            problems.append(error(path, 0, "文件名里有读不出来的字符", "请改名，只用普通的文字", "pages_have_one_source"))
            continue
        if name.lower().startswith(_KEPT):
            problems.append(
                error(path, 0, f"content 里的 {name.split('/')[0]} 文件夹是留给自动生成的页面的", "请换一个文件夹名", "pages_have_one_source")
            )
            continue
        page = same(f"{name.removesuffix('.md')}.html" if name.endswith(".md") else name)
        if (twin := pages.setdefault(page, path)) != path:
            what, cure = f"在网站上和 {twin} 是同一个文件名（大小写不算）", "请给其中一个换个名字"
            problems.append(error(path, 0, what, cure, "pages_have_one_source"))
            continue
        try:
            size = project.size_of(place, path)
            if name.endswith(".md") and size > decoding.MAX_BYTES:
                problems.append(decoding.too_large(size, path))
            files[name] = (
                project.read(place, path) if size <= _MOST[name.endswith(".md")] else b""
            )  # of others it is told if they are published
        except OSError as reason:
            problems.append(
                error(path, 0, f"文件读不出来（{reason.strerror}）", "请检查文件是否被占用、有没有读取权限", "pages_have_one_source")
            )
            continue
        if name.endswith(".md"):
            text, found = decoding.decode(files[name], path)
            files[name] = text.encode()
            problems += found
    return files, tuple(problems)


def _target(read: Read) -> Target:
    """What links to a case mean."""
    draft, headings = read.draft, read.body.headings
    return Target(draft.path, f"case:{draft.id}", draft.title, lambda: headings, draft.prefix)


def _ids_are_unique(drafts: list[Draft]) -> Iterator[Problem]:
    owners = defaultdict(list)
    for draft in drafts:
        owners[draft.id].append(draft.path)
    for name, paths in owners.items():
        for path in paths[1:] if len(paths) > 1 else ():
            yield error(path, 1, f"编号 {name} 已经被 {paths[0]} 用了", "请在文件开头写一个不同的 id", "ids_are_unique")
