"""Says in one sentence what is wrong with a value and what is allowed instead.

Turns what pydantic reports into words for people who never heard of it. No sentence quotes the value: it may be a
secret. Names of keys and of choices are quoted.
"""

from collections.abc import Callable, Iterable, Sequence
from difflib import get_close_matches
from typing import NoReturn

from pydantic_core import ErrorDetails, InitErrorDetails, PydanticCustomError, ValidationError

from config.places import Loc

LONGEST_SHOWN = 60  # a key this long is text without its colon

_WANTED = {
    "string": "text",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "list": "a list",
    "tuple": "a list",
    "dict": "a mapping (`key: value`)",
    "model": "a mapping (`key: value`)",
}
_WRITTEN = {str: "text", bool: "true or false", int: "a number", float: "a number", type(None): "empty"}
_WRITTEN |= {dict: "a mapping", tuple: "a list", list: "a list"}

_LIMITS = {
    "greater_than": "must be more than {gt:g}",
    "greater_than_equal": "must be at least {ge:g}",
    "less_than": "must be less than {lt:g}",
    "less_than_equal": "must be at most {le:g}",
    "finite_number": "must be a finite number",
    "too_short": "must list at least {min_length}",
    "too_long": "must list at most {max_length}",
    "string_too_short": "must not be empty",
    "string_too_long": "must be at most {max_length} characters long",
}


def sentence(error: ErrorDetails) -> str:
    """What to tell about one error of pydantic's; its place is told apart."""
    kind, context = error["type"], error.get("ctx", {})
    if kind == "missing":
        return f"needs `{error['loc'][-1]}`"
    if kind in _LIMITS:
        return _LIMITS[kind].format_map(context)
    if kind == "literal_error":
        return _not_a_choice(error["input"], context["expected"])
    wanted, _, reason = kind.rpartition("_")
    if reason in ("type", "parsing") and wanted in _WANTED:
        return _wrong_type(wanted, error["input"])
    return error["msg"]


def follows_from_others(error: ErrorDetails) -> bool:
    """Is a list called too short because items in it were refused, each of which is told already?"""
    return error["type"] == "too_short" and len(error["input"]) >= error["ctx"]["min_length"]


def _wrong_type(wanted: str, value: object) -> str:
    told = f"must be {_WANTED[wanted]}"
    written = _WRITTEN.get(type(value))
    if wanted == "string" and isinstance(value, bool | int | float):
        return f"{told}: put it in quotes"
    return f"{told}, not {written}" if written and not isinstance(value, str) else told


def _not_a_choice(value: object, expected: str) -> str:
    listed = expected.replace(" or ", ",").replace("True", "true")  # pydantic lists them as Python, not as YAML
    choices = [part.strip("' ") for part in listed.split(",")]
    return f"must be {either(choices)}" + did_you_mean(value, choices)


def either(choices: Sequence[str]) -> str:
    """`a, b or c`"""
    return " or ".join(part for part in (", ".join(choices[:-1]), choices[-1]) if part)


def did_you_mean(written: object, known: Iterable[str], written_as: Callable[[str], str] = str) -> str:
    """`; did you mean x?` for the nearest known name, or nothing when none is near."""
    near = get_close_matches(str(written), list(known), n=1, cutoff=0.6)
    return f"; did you mean `{written_as(near[0])}`?" if near else ""


def unknown(what: str, written: str, known: Iterable[str]) -> str:
    """A name that is none of the known ones: the nearest is suggested, or else all are listed."""
    names = list(known)
    shown = written if len(written) <= LONGEST_SHOWN else written[:LONGEST_SHOWN] + "…"
    return f"unknown {what} `{shown}`" + (did_you_mean(written, names) or f"; known: {', '.join(names)}")


def refuse(message: str) -> NoReturn:
    """Ends a validator with this sentence, which reaches the user as it stands."""
    raise PydanticCustomError("refused", "{message}", {"message": message})


def refuse_keys(title: str, problems: Iterable[tuple[Loc, str]]) -> None:
    """Ends a model's validator with sentences that each point below the model. No problem, no end."""
    errors = [
        InitErrorDetails(type=PydanticCustomError("refused", "{message}", {"message": message}), loc=loc, input=None)
        for loc, message in problems
    ]
    if errors:
        raise ValidationError.from_exception_data(title, errors)
