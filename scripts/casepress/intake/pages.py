"""Pages: what a PDF of a stranger says, page by page, and who it says wrote it."""

from collections.abc import Iterator

from casepress.intake.refusals import Refused

_MOST = 2000  # pages


def said(data: bytes) -> Iterator[tuple[str, str]]:
    """Where in a PDF (第 3 页, 文件信息), and the words there. Raises Refused where it cannot be read."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
        if len(document) > _MOST:
            raise Refused("too-big", f"这个 PDF 有 {len(document)} 页，最多 {_MOST} 页", "请把它分成几份")
        for nth, page in enumerate(document, 1):
            text = page.get_textpage()
            yield f"第 {nth} 页", text.get_text_bounded()
            text.close()
            page.close()
        yield "文件信息", "\n".join(document.get_metadata_dict(skip_empty=True).values())
        document.close()
    except pypdfium2.PdfiumError as reason:
        raise Refused("damaged", "这个 PDF 打不开，里面有没有个人信息查不了", "请打开看看，用“打印”另存成新的 PDF") from reason
