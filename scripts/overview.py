"""Draws theme/pictures/overview.png, the picture in the README, from the built sample: `bash scripts/pictures`."""

import io
import subprocess
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

HERE = Path(__file__).resolve().parents[1]
PAPER, HAIRLINE = "#efece4", "#d8d2c5"
HEIGHT = 900


def screenshot(page: str, width: int, height: int) -> Image.Image:
    """A page of the built site, opened from disk, at twice its size in pixels."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        tab = browser.new_page(viewport={"width": width, "height": height}, device_scale_factor=1)
        tab.goto((HERE / "build" / "site" / page).as_uri())
        tab.wait_for_timeout(500)
        data = tab.screenshot()
        browser.close()
    return Image.open(io.BytesIO(data)).convert("RGB")


def book_page(number: int, book: Path = HERE / "build" / "books" / "book.pdf", dpi: int = 144) -> Image.Image:
    """A page of a bound book, counted from 1, as a picture of so many pixels an inch."""
    command = ["pdftoppm", "-r", str(dpi), "-png", "-f", str(number), "-l", str(number), str(book)]
    return Image.open(io.BytesIO(subprocess.run(command, check=True, capture_output=True).stdout)).convert("RGB")


def main() -> None:
    parts = [screenshot("index.html", 1180, HEIGHT), screenshot("cases/moe-3-02.html", 390, HEIGHT), book_page(1), book_page(7)]
    parts = [part.resize((round(part.width * HEIGHT / part.height), HEIGHT), Image.LANCZOS) for part in parts]
    gap = 28
    sheet = Image.new("RGB", (sum(p.width for p in parts) + gap * (len(parts) + 1), HEIGHT + 2 * gap), PAPER)
    left = gap
    for part in parts:
        sheet.paste(HAIRLINE, (left - 1, gap - 1, left + part.width + 1, gap + HEIGHT + 1))
        sheet.paste(part, (left, gap))
        left += part.width + gap
    sheet = sheet.resize((1600, round(sheet.height * 1600 / sheet.width)), Image.LANCZOS)
    target = HERE / "theme" / "pictures" / "overview.png"
    target.parent.mkdir(exist_ok=True)
    sheet.quantize(256, dither=Image.Dither.NONE).save(target, optimize=True)
    print(f"{target.relative_to(HERE)} {sheet.width}×{sheet.height}, {target.stat().st_size // 1024} KB")


if __name__ == "__main__":
    main()
