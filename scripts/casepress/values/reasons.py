"""Reasons: why the system did not read or write something, in Chinese."""

import errno

_REASONS = {
    errno.ENOENT: "没有这个文件",
    errno.EACCES: "没有权限，或者别的程序正开着它",
    errno.EPERM: "没有权限",
    errno.EROFS: "磁盘是只读的",
    errno.ENOSPC: "磁盘满了",
    errno.EDQUOT: "分给您的磁盘空间用完了",
    errno.EFBIG: "文件太大，超过了系统的限制",
    errno.EEXIST: "已经有同名的文件",
    errno.ENOTDIR: "上一级不是文件夹",
    errno.EISDIR: "这是一个文件夹",
    errno.ENOTEMPTY: "文件夹里有别的东西",
    errno.EBUSY: "别的程序正在用它",
    errno.EIO: "磁盘读写出错",
    errno.ENAMETOOLONG: "名字太长",
    errno.ELOOP: "这里不能是链接，或者链接绕成了圈",
    errno.EMFILE: "打开的文件太多",
    errno.EADDRINUSE: "这个端口已经有程序在用，请用 --address 换一个",
    errno.EADDRNOTAVAIL: "这台机器没有这个地址，请用 --address 换一个",
}


def in_chinese(reason: OSError) -> str:
    """Which file could not be read or written, and why, as a sentence without its full stop."""
    name = reason.filename2 or reason.filename
    return f"{f'{name} ' if name else '有一处'}读写不了（{why(reason)}）"


def why(reason: OSError) -> str:
    """Why a file could not be read or written, in a few words."""
    said = str(reason.strerror or reason)
    return _REASONS.get(reason.errno, said) if said.isascii() else said
