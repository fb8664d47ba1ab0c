"""Words of a command that the program proposes, so that it may be copied as it stands."""

SIGNS = frozenset(" \t&|;<>()[]{}*?!'`$#~^")


def shell_word(text: str) -> str:
    """*text* as it is typed in bash, PowerShell and cmd, in double quotes where a sign would part it."""
    return f'"{text}"' if SIGNS & set(text) else text
