"""Web: addresses of the web as an EPUB may name them (URL Standard), and which no program could follow."""

import re
from ipaddress import ip_address
from urllib.parse import quote, urlsplit

# What stands in an address as it is; all else is written in its bytes (URL Standard, URL code points).
_SAFE = "!$&'()*+,-./:;=?@_~%#"
_BARE_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_FIGURES = re.compile(r"[0-9]+|0[xX][0-9a-fA-F]*")
_MAIL = re.compile(r"mailto:[^\s@]+@[^\s@]+", re.IGNORECASE)


def web_address(target: str) -> str:
    """A web or mail address in ASCII; empty where it is none that a program can follow."""
    try:
        parts = urlsplit(target)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return ""
    if _MAIL.fullmatch(target):
        return f"mailto:{_encoded(target[7:])}"
    if parts.scheme not in ("http", "https") or not (name := _host(host)) or parts.username is not None:
        return ""
    at = f"{name}:{port}" if port is not None else name
    query = f"?{_encoded(parts.query)}" if parts.query else ""
    fragment = f"#{_encoded(parts.fragment).replace('#', '%23')}" if parts.fragment else ""
    return f"{parts.scheme}://{at}{_encoded(parts.path)}{query}{fragment}"


def _encoded(text: str) -> str:
    return quote(_BARE_PERCENT.sub("%25", text), safe=_SAFE, errors="replace")


def _host(host: str) -> str:
    """A name of a host or its number; a name that is not in ASCII as the net writes it (IDNA)."""
    if ":" in host:
        try:
            return f"[{ip_address(host).compressed}]"
        except ValueError:
            return ""
    try:
        name = host.encode("idna").decode("ascii").lower() if not host.isascii() else host.lower()
    except UnicodeError:
        return ""
    labels = name.removesuffix(".").split(".")
    if _FIGURES.fullmatch(labels[-1]):  # then all of it is a number
        try:
            return str(ip_address(name))
        except ValueError:
            return ""
    return name if len(name) < 254 and all(_LABEL.fullmatch(label) for label in labels) else ""
