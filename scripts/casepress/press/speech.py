"""Speech: what WeasyPrint says while it works, told apart at the door: a loss is a value, a remark a sentence.

WeasyPrint says its messages in one log, as templates with values; a loss is known by its level and its template, never by
the words of a case that may stand in it.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from casepress.values.losses import Loss

# Said as warnings, though something of the text is then not on the page. What is said as an error always is a loss: a
# picture or a stylesheet that did not load, a link or a page number that leads nowhere.
_LOST = (".notdef glyph", "This row has more columns", "Unable to", "Failed to", "Unknown image mode")
_IGNORED, _NOWHERE = "Ignored `%s: %s` at", "Relative URI"  # a rule with an address that cannot be opened


@contextmanager
def spoken() -> Iterator[list[Loss | str]]:
    """What WeasyPrint says while it works, in its order: each loss, of a piece that is not named, and each remark."""
    log, messages = logging.getLogger("weasyprint"), []

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            said = record.getMessage()
            messages.append(Loss("piece", "", said) if is_loss(record) else said)

    keeper, level = Keep(logging.WARNING), log.level
    log.addHandler(keeper)
    is_deaf = not log.isEnabledFor(logging.WARNING)
    if is_deaf:  # to set a level costs what every logger knows of itself
        log.setLevel(logging.WARNING)
    try:
        yield messages
    finally:
        log.removeHandler(keeper)
        if is_deaf:
            log.setLevel(level)


def is_loss(record: logging.LogRecord) -> bool:
    """Whether a message tells that something is not on the page or leads nowhere."""
    template = str(record.msg)
    if record.levelno >= logging.ERROR or template.startswith(_LOST):
        return True
    return template.startswith(_IGNORED) and str(record.args[-1]).startswith(_NOWHERE)
