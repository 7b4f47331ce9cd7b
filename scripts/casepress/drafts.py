"""Drafts: a Word edition that came back with marks, held against the cases that there are now. It changes nothing.

Flows in: a project, its collection and a file. Flows out: what differs, and remarks about the whole.
"""

from pathlib import Path

from casepress.book.book import book_in
from casepress.book.profiles import NoProfile, read_profile
from casepress.collection.project import Project
from casepress.editions import Bench, files_of
from casepress.values.cases import Collection
from casepress.values.progress import unwatched
from casepress.word.comparing import Compared, compare
from casepress.word.reading import NotADraft, read_draft


def compared(place: Project, collection: Collection, draft: Path) -> tuple[Compared, tuple[str, ...]]:
    """What a draft says differently from the document that would be made now. Raises NotADraft, OSError."""
    came_back = read_draft(draft.read_bytes(), draft.name)
    try:
        profile = read_profile(came_back.profile, place.themes("print")).name if came_back.profile.isalnum() else ""
    except NoProfile:
        profile = ""
    (written,), _ = files_of(Bench(place, collection), book_in(collection, collection.book, "word"), "word", unwatched, profile)
    now = read_draft(written.data, "book.docx")
    found = compare(came_back, now, collection)
    if not found.found:
        raise NotADraft(
            f"在 {draft.name} 里没有找到这个案例库的案例，不知道和哪里比较；请给 casepress book --edition word 做出、改过的那个文件"
        )
    cases = sum(name.startswith("case-") for name in found.found)
    return found, (f"比较了 {cases} 个案例、{len(found.found) - cases} 篇文章；封面、目录、版权页、索引和名单由案例生成，没有比较",)
