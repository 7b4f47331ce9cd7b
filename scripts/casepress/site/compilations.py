"""Compilations: what a reader's browser needs to bind PDFs of cases to one of its own (选编): a library, the letters of cover and
contents. They are loaded only where somebody asks for it, and are there only where cases have PDFs.

Flows in: a collection, a PDF of letters, the theme's folders. Flows out: files of the site by their paths.
"""

import base64
from collections.abc import Iterable, Mapping
from pathlib import Path

from casepress.site.bundles import part
from casepress.values.cases import Collection

_LIBRARY = "vendor/pdf-lib"
# What covers and contents say beside the titles of cases; what a reader writes himself may have further characters.
_WORDS = (
    "〓选编目录共个案例选自《》页第篇年月日本册合集汇编·—…（）“”‘’、，。：；！？．–一二三四五六七八九十百千上中下新老大小"
    "的了和与在怎么办样做法我们你他这那有是不好看点说用什为何如到对从给让把成就都也还要会能可以经验精选集锦参考材料资料学习研修培训交流"
    "教师老师学校学生家长班级课堂课后作业服务管理评价活动工作室组区县市省局厅部委科研中心园小学初高幼儿园级段语文数外体音美劳动德育心理安全"
)


def characters(collection: Collection) -> str:
    """Every character that a cover or the contents of a compilation may show, in the order of their code points."""
    said = [collection.title, collection.publisher, _WORDS, "".join(map(chr, range(0x20, 0x7F)))]
    for case in collection.cases:
        said += (case.title, case.text("school"), case.text("region"))
    return "".join(sorted(set("".join(said)) - {"\n", "\t"}))


def files(letters: bytes, scripts: Iterable[Path]) -> Mapping[str, bytes]:
    """The files that are loaded when a compilation is bound. A script hands the letters over: from a disk nothing can be fetched."""
    packed = base64.b64encode(letters).decode()
    return {
        "assets/pdf-lib.js": part(scripts, f"{_LIBRARY}.js").encode(),
        "assets/letters.js": f'window.casepressLetters = "{packed}";\n'.encode(),
    }
