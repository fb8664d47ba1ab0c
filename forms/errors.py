"""What can go wrong with a form, in the user's words: what, where, what to do next."""

import errno

_REASONS = {
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘配额已用完",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "磁盘是只读的",
    errno.ENOENT: "没有这个文件或文件夹",
    errno.ENOTDIR: "路径里有一段是文件，不是文件夹",
    errno.EISDIR: "这是一个文件夹，不是文件",
    errno.EEXIST: "已经有同名的文件",
    errno.ENAMETOOLONG: "名称过长",
}


class FormError(Exception):
    """Anything about forms that a user can act on; the message is complete and Chinese."""


class TemplateError(FormError):
    """The template cannot be used as it is."""


class RecordError(FormError):
    """The values cannot be put into this template."""


class OutputError(FormError):
    """The finished file cannot be written where it was asked for."""


def reason_of(error: OSError) -> str:
    """Why the system refused, in Chinese where we know the words."""
    return _REASONS.get(error.errno or 0) or error.strerror or type(error).__name__
