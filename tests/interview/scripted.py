"""A terminal whose person follows a script: answers, moves, and Ctrl-C."""

from collections.abc import Callable, Sequence

from assistcli.errors import CancelledError, DataRejectedError
from assistcli.interview.dialogue import Prompt, Reply, read_reply

KEEP = "⏎"
"""Enter alone: the old answer stays."""


class ScriptedTerminal:
    """Answers prompts with *replies* in turn; ``None`` is Ctrl-C. What is refused takes the next reply."""

    def __init__(self, *replies: Reply | None) -> None:
        self._replies = list(replies)
        self.prompts: list[Prompt] = []
        self.said: list[str] = []
        self.before: Callable[[Prompt], None] = lambda prompt: None

    def ask(self, prompt: Prompt) -> Reply:
        """The next reply, settled."""
        self.prompts.append(prompt)
        self.before(prompt)
        while True:
            reply = self._replies.pop(0)
            if reply is None:
                raise CancelledError("已中断，没有写入")
            if not isinstance(reply, str):
                return reply
            try:
                return read_reply(prompt, prompt.default if reply == KEEP else reply)
            except DataRejectedError as error:
                self.said.append(str(error))

    def type(self, reply: Reply) -> None:
        """Put *reply* at the end of the script."""
        self._replies.append(reply)

    def say(self, text: str) -> None:
        """Remember *text*."""
        self.said.append(text)

    @property
    def used_up(self) -> bool:
        """Whether every reply was asked for."""
        return not self._replies

    def asked(self) -> Sequence[str]:
        """The words of every prompt, in turn."""
        return [prompt.words for prompt in self.prompts]
