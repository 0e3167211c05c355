"""What is written from the models: JSON schemas for editors, and the list of settings.

`python -m config.schema` writes the files; they are committed, so that an editor finds them without an installation,
and a test holds them to the models.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from config.environment import TWIN
from config.settings import Settings, shown, variable_of
from config.sources import SourcesShape
from config.topics import TopicsShape

FOLDER = Path(__file__).parent
ROOT = FOLDER.parent.parent

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_HEAD = f"""\
# Storytrail's settings, each with its default. Copy this file and take the `#` away where you differ: for Compose to
# `secrets/storytrail.env`, for a shell to `.env`, which is read with:  set -a; . ./.env; set +a
#
# Each variable has a twin NAME{TWIN} that names a file with the value: the better place for secrets.
# An empty value counts as not set. A misspelled STORYTRAIL_ variable is an error.
"""
_TAIL = """
# What `${NAME}` in the channels of the topics file is filled in with; the names are yours.
# DESK_URL=ntfy://ntfy.sh/my-desk
# AUDIT_SECRET=
"""


def written_files() -> dict[Path, str]:
    """Every file that is written from the models, with its content."""
    return {
        FOLDER / "topics.schema.json": schema_of(TopicsShape, "Storytrail topics"),
        FOLDER / "sources.schema.json": schema_of(SourcesShape, "Storytrail sources"),
        ROOT / ".env.example": settings_example(),
    }


def schema_of(model: type[BaseModel], title: str) -> str:
    """The JSON schema of a file, as an editor takes it."""
    schema: dict[str, Any] = {"$schema": _DIALECT} | model.model_json_schema(by_alias=True) | {"title": title}
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def settings_example() -> str:
    """Every setting as a comment line: its description and its default."""
    return _HEAD + "".join(_settings()) + _TAIL


def _settings() -> Iterator[str]:
    for name, field in Settings.model_fields.items():
        yield f"\n# {field.description}\n# {variable_of(name)}={_default(field)}\n"


def _default(field: FieldInfo) -> str:
    """Nothing for a default that follows from other settings."""
    return "" if field.default_factory else shown(field.default)
