"""What can go wrong with a form, in the user's words: what, where, what to do next."""


class FormError(Exception):
    """Anything about forms that a user can act on; the message is complete and Chinese."""


class TemplateError(FormError):
    """The template cannot be used as it is."""


class RecordError(FormError):
    """The values cannot be put into this template."""


class OutputError(FormError):
    """The finished file cannot be written where it was asked for."""
