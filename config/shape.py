"""The common ground of the models that describe a file, and which keys a model knows.

A key without a value (`languages:`) counts as not given. Everything else is strict: no key is ignored, and a text is
never taken for a number.
"""

from collections.abc import Iterator
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, ConfigDict, model_validator

from config.places import Loc


def _title(model: type[Any]) -> str:
    """What an editor shows: the thing, not the name of our class."""
    return model.__name__.removesuffix("Shape")


class Shape(BaseModel):
    """A mapping in a file."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, strict=True, hide_input_in_errors=True, model_title_generator=_title
    )

    @model_validator(mode="before")
    @classmethod
    def _without_empty_keys(cls, data: object) -> object:
        if not isinstance(data, dict):
            return data
        known = set(field_names(cls))
        return {key: value for key, value in data.items() if value is not None or key not in known}


def field_names(model: type[BaseModel]) -> Iterator[str]:
    """The model's keys as they are written in the file."""
    return (field.alias or name for name, field in model.model_fields.items())


def known_keys(model: type[BaseModel], loc: Loc) -> list[str]:
    """The keys that are allowed in the mapping at this location below the model."""
    wanted: Any = model
    for step in loc:
        wanted = _below(wanted, step)
    return list(field_names(wanted)) if _is_model(wanted) else []


def _below(kind: Any, step: str | int) -> Any:
    """The type of the value at one key or item of a type."""
    if _is_model(kind):
        fields = kind.model_fields.items()
        return next((_bare(field.annotation) for name, field in fields if step in (name, field.alias)), None)
    arguments = get_args(kind)
    return _bare(arguments[-1 if get_origin(kind) is dict else 0]) if arguments else None


def _bare(kind: Any) -> Any:
    """The type without `Annotated` and without `| None`."""
    if get_origin(kind) is Annotated:
        return _bare(get_args(kind)[0])
    if get_origin(kind) in (Union, UnionType):
        return _bare(next(choice for choice in get_args(kind) if choice is not NoneType))
    return kind


def _is_model(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)
