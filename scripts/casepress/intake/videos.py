"""Videos: what a video file is, asked of ffprobe where that is installed, and whether it is as a batch wants it. Nothing is copied."""

import json
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from casepress.values.rules import Video

_SECONDS = 30  # that ffprobe may take for one file
_TOLERATED = 0.15  # of the bit rate: encoders keep it on the average
_FORMATS = {"mp4": ("mp4",), "mov": ("mov",), "mkv": ("matroska",), "avi": ("avi",), "wmv": ("asf",)}
_NAMES = {"h264": "H.264", "avc": "H.264", "hevc": "H.265", "mpeg4": "MPEG-4", "wmv3": "WMV"}
WITHOUT = "这台电脑没有装 ffprobe，视频没有检查"
AGAIN = "请学校照通知的要求重新导出，再发一次"


@dataclass(frozen=True)
class Probe:
    """What a video file is: the container's names, the codec, its size as shown in pixels, frames and megabits a second, seconds."""

    formats: tuple[str, ...]
    codec: str
    width: int
    height: int
    fps: float
    bitrate: float
    seconds: float


def is_there() -> bool:
    """Whether videos can be looked into on this machine."""
    return shutil.which("ffprobe") is not None


def probe(path: Path) -> Probe | None:
    """What a file is; None where ffprobe finds no video in it. Call it where `is_there`."""
    command = [
        "ffprobe",
        "-v",
        "error",
        "-protocol_whitelist",
        "file",
        "-of",
        "json",
        "-show_format",
        "-show_streams",
        "-select_streams",
        "v:0",
    ]
    try:
        done = subprocess.run([*command, f"file:{path}"], capture_output=True, timeout=_SECONDS, check=False)
        said = json.loads(done.stdout or b"{}")
    except (subprocess.SubprocessError, ValueError):
        return None
    if done.returncode or not said.get("streams"):
        return None
    stream, whole = said["streams"][0], said.get("format", {})
    wide, high = int(stream.get("width") or 0), int(stream.get("height") or 0)
    turned = next((abs(int(each["rotation"])) for each in stream.get("side_data_list", ()) if "rotation" in each), 0)
    return Probe(
        formats=tuple(whole.get("format_name", "").split(",")),
        codec=stream.get("codec_name", ""),
        width=high if turned % 180 else wide,
        height=wide if turned % 180 else high,
        fps=_ratio(stream.get("avg_frame_rate") or stream.get("r_frame_rate") or "0"),
        bitrate=float(stream.get("bit_rate") or whole.get("bit_rate") or 0) / 1e6,
        seconds=float(whole.get("duration") or stream.get("duration") or 0),
    )


def faults(path: Path, found: Probe | None, wanted: Video) -> list[tuple[str, str]]:
    """What a video has other than a batch wants it, each as (what, cure)."""
    if found is None:
        return [("打不开，里面没有视频", "请确认文件是完整的，再向学校要一次")]
    out = []
    if wanted.container and path.suffix.lower() != f".{wanted.container}":
        named = f"格式是 {path.suffix.lstrip('.').upper()}" if path.suffix else "文件名没有扩展名"
        out.append((f"{named}，要求 {wanted.container.upper()}", AGAIN))
    elif wanted.container and not set(_FORMATS.get(wanted.container, ())) & set(found.formats):
        real = next((name.upper() for name, formats in _FORMATS.items() if set(formats) & set(found.formats)), "")
        inside = f"其实是 {real}" if real else f"不是 {wanted.container.upper()}"
        out.append((f"扩展名是 {path.suffix.lower()}，里面{inside}，要求 {wanted.container.upper()}", AGAIN))
    if wanted.codec and _name(found.codec) != _name(wanted.codec):
        out.append((f"编码{f'是 {_name(found.codec)}' if found.codec else '认不出来'}，要求 {_name(wanted.codec)}", AGAIN))
    if wanted.width and wanted.height and (found.width, found.height) != (wanted.width, wanted.height):
        cure = "这是竖着拍的，请改用横的；" + AGAIN if found.height > found.width else AGAIN
        out.append((f"画面是 {found.width}×{found.height}，要求 {wanted.width}×{wanted.height}", cure))
    if wanted.fps and abs(found.fps - wanted.fps) > 0.05:
        out.append((f"每秒 {_plain(found.fps)} 帧，要求 {_plain(wanted.fps)} 帧", AGAIN))
    if wanted.bitrate and found.bitrate and abs(found.bitrate / wanted.bitrate - 1) > _TOLERATED:
        out.append((f"码率约 {_plain(found.bitrate)} Mb/s，要求 {_plain(wanted.bitrate)} Mb/s", AGAIN))
    if wanted.minutes and found.seconds > wanted.minutes * 60 + 1:
        whole, rest = divmod(round(found.seconds), 60)
        out.append((f"长 {whole} 分 {rest} 秒，最多 {_plain(wanted.minutes)} 分钟", "请学校剪短，再发一次"))
    return out


def _ratio(text: str) -> float:
    above, _, below = text.partition("/")
    return float(above) / float(below or 1) if float(below or 1) else 0.0


def _name(codec: str) -> str:
    return _NAMES.get(codec.lower().replace(".", "").replace("-", ""), codec.upper())


def _plain(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")
