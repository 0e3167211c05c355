"""The written form of a function's arguments and result, so that they can cross a pipe.

JSON, read back strictly by the function's own type hints: never pickle, as a child that a page has taken over must
not get to run code in its parent. Datetimes, tuples, frozensets and None come out equal to what went in; a zone comes
out as its offset in whole minutes. Half of a surrogate pair, which no UTF-8 can hold, becomes a question mark.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass, make_dataclass, replace
from functools import lru_cache
from inspect import Parameter, signature
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from pydantic import TypeAdapter
from pydantic_core import PydanticSerializationError


@dataclass(frozen=True, slots=True)
class Form:
    """How one function's arguments, all but the bytes it works on, and its result are written and read."""

    names: tuple[str, ...]
    arguments: type[Any]
    adapter: TypeAdapter[Any]
    results: tuple[tuple[type[Any] | None, TypeAdapter[Any]], ...]

    def write_arguments(self, positional: Sequence[object], named: Mapping[str, object]) -> bytes:
        """Raises TypeError when the function could not be called with them."""
        if len(positional) > len(self.names):
            raise TypeError(f"{len(positional)} arguments given, but there are {len(self.names)}")
        by_position = dict(zip(self.names, positional, strict=False))
        return _written(self.adapter, self.arguments(**by_position, **named))

    def read_arguments(self, text: bytes) -> dict[str, Any]:
        return dict(vars(self.adapter.validate_json(text, strict=True)))

    def write_result(self, result: object) -> bytes:
        """The number of the class that it is of, when it may be of several, then the result."""
        for number, (kind, adapter) in enumerate(self.results):
            if kind is None or type(result) is kind:
                return b"%c" % number + _written(adapter, result)
        raise TypeError(f"{type(result).__name__} is not what the function says it gives")

    def read_result(self, text: bytes | bytearray) -> Any:
        """Raises ValueError when it is no result of this function. Uses a bytearray up, as a copy may be large."""
        number = text[0] if text else len(self.results)
        if number >= len(self.results):
            raise ValueError("there is no such kind of result")
        rest = text if isinstance(text, bytearray) else bytearray(text)
        del rest[:1]
        return self.results[number][1].validate_json(rest, strict=True)


@lru_cache(maxsize=256)
def form_of(function: Callable[..., object]) -> Form:
    """The form of a function whose first parameter is the bytes; the others and the result need type hints."""
    hints = get_type_hints(function)
    parameters = list(signature(function).parameters.values())[1:]
    arguments = make_dataclass("Arguments", [_field(parameter, hints) for parameter in parameters])
    names = tuple(parameter.name for parameter in parameters)
    return Form(names, arguments, TypeAdapter(arguments), _results(hints["return"]))


def _results(hint: Any) -> tuple[tuple[type[Any] | None, TypeAdapter[Any]], ...]:
    """An adapter for each class of a union of dataclasses: to try them in turn takes longer than to read one."""
    classes = get_args(hint)
    if get_origin(hint) in (Union, UnionType) and all(is_dataclass(each) for each in classes):
        return tuple((each, TypeAdapter(each)) for each in classes)
    return ((None, TypeAdapter(hint)),)


def _field(parameter: Parameter, hints: Mapping[str, Any]) -> tuple[str, Any, Any]:
    if parameter.default is Parameter.empty:
        return parameter.name, hints[parameter.name], field(kw_only=True)
    default = parameter.default
    return parameter.name, hints[parameter.name], field(default_factory=lambda: default, kw_only=True)


def _written(adapter: TypeAdapter[Any], value: object) -> bytes:
    try:
        return adapter.dump_json(value)
    except PydanticSerializationError:
        return adapter.dump_json(_without_surrogates(value))


def _without_surrogates(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{each.name: _without_surrogates(getattr(value, each.name)) for each in fields(value)})
    if isinstance(value, Mapping):
        return {_without_surrogates(key): _without_surrogates(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return type(value)(_without_surrogates(item) for item in value)
    return value
