"""Films that say more than they show, are not whole, or are something else: each is enclosed by a case."""

from evil import MADE, REFUSED, Evil, case
from evil.pictures import CANARY, SVG
from movies import FILM, HEAD, box, element, mp4, track, webm

C = CANARY
PARTLY = "不完整"
PLACE = box(b"udta", box(b"\xa9xyz", b"\0\x12\x15\xc7+31.2304+121.4737/", C))
AT = len(HEAD) + 8
FILMS = {
    "place": (MADE, "mp4", mp4(PLACE)),
    "place-of-a-track": (MADE, "mp4", mp4(tracks=track(b"vide", AT, [6], PLACE, said=C))),
    "left-behind": (MADE, "mp4", mp4(box(b"free", C), last=box(b"skip", C) + box(b"GPS ", C) + box(b"uuid", C))),
    "drone": (MADE, "mp4", mp4(tracks=track(b"vide", AT, [6]) + track(b"text", AT + 6, [len(C)] * 2, said=C), pixels=b"pixels" + C * 2)),
    "sports-camera": (MADE, "mp4", mp4(tracks=track(b"vide", AT, [6]) + track(b"meta", AT + 6, [len(C)], said=C), pixels=b"pixels" + C)),
    "tail-of-a-phone": (MADE, "mp4", mp4(last=C + b"SEFT")),
    "many-boxes": (MADE, "mp4", mp4(box(b"free") * 100_000)),
    "tags": (MADE, "webm", webm(element(0x1254C367, C), element(0x1941A469, C * 30), said=C)),
    "recorded": (MADE, "webm", webm(said=C, is_open=True)),
    "cut-contents": (REFUSED, "mp4", mp4(PLACE)[:-5]),
    "cut-pixels": (REFUSED, "mp4", FILM + box(b"mdat", bytes(1000))[:500]),
    "no-contents": (REFUSED, "mp4", HEAD + box(b"mdat", b"pixels")),
    "head-alone": (REFUSED, "mp4", HEAD[:9]),
    "endless": (REFUSED, "mp4", HEAD + b"\0\0\0\1moov" + b"\xff" * 8 + C),
    "too-small": (REFUSED, "mp4", HEAD + b"\0\0\0\7moov" + C),
    "samples": (
        REFUSED,
        "mp4",
        mp4(tracks=track(b"meta", AT, [6]).replace(b"stsz\0\0\0\0\0\0\0\0\0\0\0\1", b"stsz" + b"\0\0\0\0" + b"\xff" * 8)),
    ),
    "heic": (REFUSED, "mp4", box(b"ftyp", b"heic\0\0\0\0mif1heic") + box(b"meta", C)),
    "cut-webm": (REFUSED, "webm", webm(said=C)[:-3]),
    "webm-alone": (REFUSED, "webm", b"\x1aE\xdf\xa3"),
    "mp4-as-webm": (REFUSED, "webm", mp4()),
    "page": (REFUSED, "mp4", b"<!--ftyp--><script>alert(1)</script>"),
    "subtitles": (REFUSED, "vtt", b"WEBVTT\n\n00:00.000 --> 00:01.000\n<script>alert(1)</script>\n"),
    "drawing": (REFUSED, "svg", SVG),
}
WORDS = {"mp4-as-webm": "不是 WEBM 视频", "subtitles": "不收这种文件", "drawing": "不收这种文件"}


def deep(times: int) -> bytes:
    """A film whose boxes stand in one another."""
    data = b""
    for _ in range(times):
        data = box(b"moov", box(b"trak", box(b"mdia", box(b"minf", data))))
    return HEAD + data


def inputs() -> list[Evil]:
    found = []
    for name, (verdict, kind, data) in {**FILMS, "deep": (MADE, "mp4", deep(500))}.items():
        words = WORDS.get(name, PARTLY if verdict == REFUSED else "")
        text = case(f"影片 {name}", 附件=f"[vi-{name}.{kind}]").encode()
        found.append(Evil("films", name, f"cases/vi-{name}.md", text, verdict, words, {f"cases/vi-{name}.{kind}": data}))
    return found
