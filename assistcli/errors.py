"""What a user can act on. Every error says what, where and what to do next, in Chinese.

Exit codes are the command line's business: see ``EXIT_CODES`` in ``assistcli.cli``.
"""


class AssistError(Exception):
    """A failure that a person can mend; its text is one to three lines of Chinese."""


class UsageError(AssistError):
    """The command was called wrongly, or needs an answer and nobody can be asked."""


class DataRejectedError(AssistError):
    """The data was refused and nothing was written."""


class MissingFileError(DataRejectedError):
    """A file that was to be read is not there; *hint* says where its name was given."""

    def __init__(self, file: object, hint: str = "请检查路径和文件名") -> None:
        super().__init__(f"没有文件「{file}」；{hint}")


class CaseLookupError(AssistError):
    """No case fits the name given, or more than one does."""


class StoreNotFoundError(AssistError):
    """There is no store where one was looked for."""


class PackError(AssistError):
    """A policy pack cannot be used; the text names file, line and clause."""


class TemplateError(AssistError):
    """A Word template cannot be used."""


class ConfirmationError(AssistError):
    """A person said no to a question; nothing was written."""


class CancelledError(AssistError):
    """A person pressed Ctrl-C or closed the input."""
