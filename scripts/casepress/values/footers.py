"""The foot of the website's pages: who answers for the site, and under which numbers it is registered. Empty is not shown."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Footer:
    """What a public body says at the foot of each page of its site; each a text, as it is to be shown.

    `icp` and `police` are the whole numbers (苏ICP备12345678号-1, 苏公网安备 32040002000001号), `badge` is the address of the record
    behind the mark of public bodies (党政机关、事业单位网站标识).
    """

    sponsor: str = ""
    operator: str = ""
    code: str = ""
    icp: str = ""
    police: str = ""
    badge: str = ""
    contact: str = ""
    place: str = ""

    @property
    def police_number(self) -> str:
        """The digits of the police's record."""
        return "".join(filter(str.isdigit, self.police))

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(filter(None, (self.sponsor, self.operator, self.code, self.icp, self.police, self.badge, self.contact, self.place)))
