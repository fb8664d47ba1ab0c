"""What an interview asks (提问单): the questions, and what the answers so far mean for the rest of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistcli.interview.questions import Question

Answers = Mapping[str, str]
"""Answers by the name of their question; blank: asked, not known."""


@dataclass(frozen=True, slots=True)
class Aside:
    """Why a question is not asked (blank: not worth a word), and its answer where others give it."""

    why: str
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Dispute:
    """A question whose answer contradicts another one, and the words that say so."""

    name: str
    words: str


class Script:
    """The questions of one sitting. What stands here asks them all; each kind of sitting knows better."""

    def __init__(self, questions: Sequence[Question]) -> None:
        self.questions = questions

    def asides(self, answers: Answers) -> Mapping[str, Aside]:
        """The questions that need not be asked after these *answers*, by name."""
        return {}

    def reasons(self, name: str, answers: Answers) -> Sequence[str]:
        """Lines that say what question *name* is asked for, after these *answers*."""
        return ()

    def refuse(self, name: str, answer: str, answers: Answers) -> None:
        """Let *answer* pass if it can stand beside the other *answers*.

        Raises:
            DataRejectedError: it cannot, as a number that is taken.
        """

    def remarks(self, name: str, answers: Answers) -> Sequence[str]:
        """Lines worth saying once *name* is answered."""
        return ()

    def dispute(self, answers: Answers) -> Dispute | None:
        """The first question that must be looked at again before all others."""
        return None

    def proposal(self, name: str, answers: Answers) -> tuple[str, str]:
        """An answer to *name* that is only proposed, and from where it comes; blank where none is."""
        return "", ""

    def question(self, name: str, answers: Answers) -> Question:
        """Question *name* as it stands after these *answers*."""
        return next(question for question in self.questions if question.name == name)
