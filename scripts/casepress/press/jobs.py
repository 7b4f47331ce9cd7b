"""Jobs: what workers do, each a function of what all jobs have in common and of one job.

In common are the recipe and the store in which this machine keeps what is made; one without a folder for workers elsewhere.
"""

from casepress.facts.store import Store
from casepress.press.binding import bind
from casepress.press.embedding import embedded
from casepress.press.recipes import Job, Recipe
from casepress.press.written.parts import Part
from casepress.press.written.pieces import head_of
from casepress.press.written.sheets import Face
from casepress.values.losses import Loss

# `laying` loads WeasyPrint: it is imported where it is used.


def ready(made_with: Recipe, _store: Store) -> None:
    """Load what laying a piece out needs."""
    from casepress.press import laying

    laying.ready(made_with)


def lay(made_with: Recipe, store: Store, work: Job) -> tuple[bytes, bool]:
    """A piece laid out, and whether it is kept: then only what tells its facts goes from process to process. Raises Refused."""
    from casepress.press import laying

    data = laying.lay(made_with, work)
    is_kept = store.put("piece", work.key, data)
    return (head_of(data), True) if is_kept else (data, False)


def bound(_recipe: Recipe, _store: Store, given: tuple) -> tuple[bytes, tuple[Loss | str, ...]]:
    """What `bind` makes of what it is given."""
    return bind(*given)


def face(_recipe: Recipe, store: Store, shown: Face) -> tuple[Part, ...]:
    """A face with the glyphs that a book shows, as objects of its PDF."""
    return embedded(shown, store)
