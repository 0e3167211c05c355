"""The kinds of short text that files hold."""

from typing import Annotated

from pydantic import AfterValidator, StringConstraints

from config.messages import refuse


def one_line(text: str) -> str:
    """The text, if it is a single line."""
    if len(text.splitlines()) > 1 or "\t" in text:
        refuse("must be one line without tabs")
    return text


MAX_NAME_LENGTH = 100

Name = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_NAME_LENGTH),
    AfterValidator(one_line),
]
Line = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=2_000),
    AfterValidator(one_line),
]
