"""Videos are never copied; where ffprobe is there they are held against what their batch wants."""

import os
import subprocess
from pathlib import Path

import pytest

from casepress.collection.settings import read_settings
from casepress.intake import videos
from casepress.intake.videos import Probe, faults
from casepress.values.rules import Video
from conftest import run, write_files
from test_importing import sent

WANTED = {"container": "mp4", "codec": "h264", "width": 1920, "height": 1080, "fps": 25, "bitrate": 20, "minutes": 5}
SPEC = Video(**WANTED)
GOOD = Probe(("mov", "mp4"), "h264", 1920, 1080, 25.0, 19.6, 299.9)
SETTINGS = f"title: 小\nrules:\n  第一批:\n    video: {{{', '.join(f'{key}: {value}' for key, value in WANTED.items())}, versions: [完整版, 无字版]}}\n"


def test_ffprobe_is_there():
    """The tests look into videos; scripts/setup installs what is needed for it (Debian: ffmpeg)."""
    if not videos.is_there() and os.environ.get("CI", "").lower() != "true":
        pytest.skip("未检查：没有 ffprobe（Debian：apt-get install ffmpeg）")
    assert videos.is_there()


@pytest.mark.parametrize(
    ("name", "change", "said"),
    [
        ("a.mp4", {}, []),
        ("a.MP4", {"bitrate": 0.0}, []),
        ("a.mov", {}, ["格式是 MOV，要求 MP4"]),
        ("a.mp4", {"formats": ("matroska",)}, ["扩展名是 .mp4，里面其实是 MKV，要求 MP4"]),
        ("a.mp4", {"codec": "hevc"}, ["编码是 H.265，要求 H.264"]),
        ("a.mp4", {"width": 1080, "height": 1920}, ["画面是 1080×1920，要求 1920×1080"]),
        ("a.mp4", {"fps": 29.97}, ["每秒 29.97 帧，要求 25 帧"]),
        ("a.mp4", {"bitrate": 4.2}, ["码率约 4.2 Mb/s，要求 20 Mb/s"]),
        ("a.mp4", {"seconds": 372.0}, ["长 6 分 12 秒，最多 5 分钟"]),
    ],
)
def test_each_fault_is_told(name, change, said):
    """Whatever is other than the batch wants it is said with both figures."""
    found = Probe(**{**GOOD.__dict__, **change})
    assert [what for what, _ in faults(Path(name), found, SPEC)] == said
    assert faults(Path(name), found, Video()) == []


def test_what_is_no_video_is_told():
    assert "打不开" in faults(Path("a.mp4"), None, SPEC)[0][0]


def test_a_specification_is_that_of_the_settings():
    """What the rules of a batch say is what a video is held against, figures or texts; what is no figure or unknown is an error there."""
    for values in (WANTED, {key: f'"{value}"' for key, value in WANTED.items()}):
        lines = ", ".join(f"{key}: {value}" for key, value in values.items())
        settings, problems = read_settings(f"title: 小\nrules: {{第一批: {{video: {{{lines}}}}}}}\n".encode())
        assert settings.rules[0].video == SPEC and not problems
    for wrong in ("size: 1", "fps: 快", "width: -1", "minutes: nan"):
        assert read_settings(f"title: 小\nrules: {{第一批: {{video: {{{wrong}}}}}}}\n".encode())[1], wrong


@pytest.fixture
def folder(tmp_path) -> Path:
    files = {"甲校/a.txt": sent("甲的做法"), "甲校/坏的.mp4": b"no video"}
    return write_files(tmp_path, {"cases/collection.yml": SETTINGS, **{f"收件/{name}": data for name, data in files.items()}})


def test_a_real_video_is_looked_into(folder):
    """A small film is told in what it differs; it is not copied; one that is none is told; the case comes in."""
    if not videos.is_there() and os.environ.get("CI", "").lower() != "true":
        pytest.skip("未检查：没有 ffprobe（Debian：apt-get install ffmpeg）")
    film = folder / "收件/甲校/片子.mp4"
    make = ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", "testsrc=size=64x48:rate=30:duration=0.2", "-c:v", "mpeg4", "-y", str(film)]
    subprocess.run(make, check=True)

    ran = run("-C", folder, "import", folder / "收件", "--write")

    for words in ("编码是 MPEG-4，要求 H.264", "画面是 64×48，要求 1920×1080", "每秒 30 帧，要求 25 帧"):
        assert f"收件/甲校/片子.mp4: 警告: {words}" in ran.err, ran.err
    assert "要交 完整版、无字版" not in ran.err  # there are two files
    film.unlink()
    assert "要交 完整版、无字版 2 个版本，这里只有 1 个" in run("-C", folder, "import", folder / "收件").err
    assert "坏的.mp4: 警告: 打不开" in ran.err and "写了 1 个" in ran.out
    assert {path.suffix for path in (folder / "cases").iterdir() if path.is_file()} == {".yml", ".md"}


def test_without_ffprobe_it_is_said(folder, monkeypatch):
    """Where ffprobe is not installed, videos are not looked into, and it is said."""
    monkeypatch.setenv("PATH", str(folder))
    ran = run("-C", folder, "import", folder / "收件")
    assert "没有检查" in ran.err and "ffmpeg" in ran.err


def test_a_link_in_the_form_stays(tmp_path):
    """The address that a form gives for its video stands in the case."""
    body = sent("甲的做法").replace("\n\n一、", "\n视频：https://example.com/v/1\n\n一、", 1)
    folder = write_files(tmp_path, {"cases/collection.yml": "title: 小\n", "收件/a.txt": body})
    run("-C", folder, "import", folder / "收件", "--write")
    text = (folder / "cases/甲的做法.md").read_text("utf-8")
    assert "https://example.com/v/1" in text.split("---")[1]
