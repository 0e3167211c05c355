"""The settings: environment variables `STORYTRAIL_*`, each also as `STORYTRAIL_*_FILE`.

`Settings` is the list of them, with defaults and descriptions; `.env.example` is written from it. Every process reads
its settings once, at its start, with `load_settings`, and passes them on. Nothing else in Storytrail reads the
environment, but for the channels of the topics file.
"""

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_interface, ip_network
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from urllib.parse import SplitResult, urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    model_validator,
)

from config.connections import SQLITE, file_database, masked, usable_broker, usable_database
from config.environment import TWIN, VariableError, variable
from config.errors import ConfigError, Problem
from config.messages import did_you_mean, refuse, refuse_keys, sentence
from config.places import Loc

PREFIX = "STORYTRAIL_"
MIN_TOKEN_LENGTH = 16
PRODUCT = "Storytrail/0.1"

Network = IPv4Network | IPv6Network

_ADDRESS = re.compile(r"(?:\[(?P<v6>[0-9A-Fa-f:.]+)\]|(?P<host>[\w.-]+)):(?P<port>[0-9]{1,5})")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class ListenAddress:
    """Where the web page is served. Port 0 takes a free one."""

    host: str
    port: int

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


def _listen_address(written: object) -> object:
    match = _ADDRESS.fullmatch(written) if isinstance(written, str) else None
    if match is None or int(match["port"]) > 65_535 or not _is_address_v6(match["v6"] or "::"):
        refuse("must be host:port, such as 127.0.0.1:8000 or [::1]:8000")
    return ListenAddress(match["v6"] or match["host"], int(match["port"]))


def _is_address_v6(text: str) -> bool:
    try:
        IPv6Address(text)
    except ValueError:
        return False
    return True


def _networks(written: object) -> object:
    parts = [part.strip() for part in str(written).split(",")]
    return tuple(_network(part) for part in parts if part)


def _network(text: str) -> Network:
    try:
        network = ip_network(text, strict=False)
    except ValueError:
        refuse("must be networks with commas between them, such as 127.0.0.0/8,10.1.0.0/16")
    if str(network.network_address) != str(ip_interface(text).ip):
        refuse(f"has an address inside a network; the network itself is {network}")
    return network


def _ports(written: object) -> object:
    parts = [part.strip() for part in str(written).split(",") if part.strip()]
    if not parts or not all(re.fullmatch(r"[0-9]{1,5}", part) and 0 < int(part) <= 65_535 for part in parts):
        refuse("must be port numbers with commas between them, such as 80,443,8080")
    return frozenset(map(int, parts))


def _proxy(secret: SecretStr) -> SecretStr:
    parts = _web_parts(secret.get_secret_value())
    if parts is None or parts.scheme != "http" or parts.port is None or parts.path not in ("", "/"):
        refuse("must be http://HOST:PORT, with USER:PASSWORD@ before the host if it wants them")
    return secret


def _public_url(text: str) -> str:
    parts = _web_parts(text)
    if parts is None or parts.query or parts.fragment or parts.username is not None:
        refuse("must be the https:// address of the web page as others reach it, such as https://news.example.org")
    return text.rstrip("/")


def _web_parts(text: str) -> SplitResult | None:
    """An http(s) address taken apart; None for anything else."""
    try:
        parts = urlsplit(text)
        is_usable = parts.port != 0
    except ValueError:
        return None
    return parts if is_usable and parts.scheme in ("http", "https") and parts.hostname else None


def _token(secret: SecretStr) -> SecretStr:
    if len(secret.get_secret_value()) < MIN_TOKEN_LENGTH:
        refuse(f"must have at least {MIN_TOKEN_LENGTH} characters")
    return secret


def _contact(text: str) -> str:
    if not text.isascii() or len(text) > 200 or "(" in text or ")" in text:
        refuse("must be an address of at most 200 ASCII characters, without brackets")
    return text


def _small(written: object) -> object:
    return written.lower() if isinstance(written, str) else written


def _database_in(data: dict[str, Any]) -> SecretStr:
    folder: Path = data.get("data", Path(".storytrail"))  # absent when the folder itself was refused
    return file_database(folder)


class Settings(BaseModel):
    """Every setting, with its default."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    data: Annotated[Path, AfterValidator(Path.expanduser)] = Field(
        default=Path(".storytrail"), description="Folder for the database and for what is kept beside it."
    )
    database_url: Annotated[SecretStr, AfterValidator(usable_database)] = Field(
        default_factory=_database_in,
        description="sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME; by default a file in the data folder.",
    )
    broker_url: Annotated[SecretStr, AfterValidator(usable_broker)] = Field(
        default=SecretStr("memory://"),
        description="redis://HOST:6379/0, or memory:// when everything runs in one process.",
    )
    topics: Annotated[Path, AfterValidator(Path.expanduser)] = Field(
        default=Path("config/topics.yaml"), description="The topics file. Must exist when it is set."
    )
    sources: Annotated[Path, AfterValidator(Path.expanduser)] = Field(
        default=Path("config/sources.yaml"), description="The sources file. Must exist when it is set."
    )
    listen: Annotated[ListenAddress, BeforeValidator(_listen_address)] = Field(
        default=ListenAddress("127.0.0.1", 8000), description="host:port of the web page; an IPv6 host in brackets."
    )
    admin_token: Annotated[SecretStr, AfterValidator(_token)] | None = Field(
        default=None, description="What a browser or script must show to the web page; at least 16 characters."
    )
    log_level: Annotated[Literal["debug", "info", "warning", "error", "critical"], BeforeValidator(_small)] = Field(
        default="info", description="The least that is logged: debug, info, warning, error or critical."
    )
    log_format: Annotated[Literal["text", "json"], BeforeValidator(_small)] = Field(
        default="text", description="text for people, json for machines (one object a line)."
    )
    allow_private_networks: Annotated[tuple[Network, ...], BeforeValidator(_networks)] = Field(
        default=(),
        description="Networks that may be fetched from, and on any port, though they are not public; with commas.",
    )
    fetch_ports: Annotated[frozenset[int], BeforeValidator(_ports)] = Field(
        default=frozenset({80, 443}), description="Ports that public addresses are fetched from; with commas."
    )
    proxy: Annotated[SecretStr, AfterValidator(_proxy)] | None = Field(
        default=None,
        description="http://[USER:PASSWORD@]HOST:PORT to fetch through. It then decides what can be reached, not we.",
    )
    public_url: Annotated[str, AfterValidator(_public_url)] | None = Field(
        default=None,
        description="The web page's https:// address for others. With it, hubs push to us what is new (WebSub).",
    )
    user_agent_contact: Annotated[str, AfterValidator(_contact)] | None = Field(
        default=None, description="Your address, told to the sites that are fetched from, so that they can reach you."
    )
    poll_interval_min: int = Field(default=300, ge=1, description="Seconds; no source is polled more often.")
    poll_interval_max: int = Field(default=86_400, ge=1, description="Seconds; every source is polled this often.")
    poll_interval: int = Field(default=1_800, ge=1, description="Seconds between polls of a source not known yet.")
    tick: float = Field(
        default=5.0, gt=0, le=3_600, allow_inf_nan=False, description="Seconds between looks at what is due."
    )
    fetch_timeout: float = Field(
        default=20.0, gt=0, le=600, allow_inf_nan=False, description="Seconds for one fetch, from first to last byte."
    )
    max_body_bytes: int = Field(
        default=10 * 2**20, ge=1_024, le=2**30, description="The largest page or feed that is read, in bytes."
    )
    max_feed_entries: int = Field(
        default=2_000, ge=1, le=100_000, description="The most entries taken from one feed at once."
    )
    host_rate: float = Field(
        default=1.0, ge=0, le=1_000, allow_inf_nan=False, description="Requests per second to one host; 0: no limit."
    )
    host_concurrency: int = Field(
        default=1, ge=1, le=64, description="Pages of one host that all workers together fetch at the same time."
    )
    parse_timeout: float = Field(
        default=10.0, gt=0, le=100, allow_inf_nan=False, description="Seconds that parsing a feed or page may take."
    )
    parse_memory: int = Field(default=512, ge=64, le=65_536, description="MiB that parsing a feed or page may take.")
    semantic: bool = Field(
        default=False,
        description="Compare articles by sentence vectors as well (English); needs the extra, see README.",
    )
    subjects: bool = Field(default=False, description="Tag articles with IPTC Media Topics, by rule.")
    max_attempts: int = Field(
        default=5, ge=1, le=100, description="Failures in a row after which an article is set apart and shown."
    )
    lease: float = Field(
        default=300.0, gt=0, allow_inf_nan=False, description="Seconds for which claimed work is a worker's own."
    )
    task_time_limit: float = Field(
        default=120.0,
        gt=0,
        allow_inf_nan=False,
        description="Seconds after which a reading process is ended; a batch takes half of it. Below the lease.",
    )
    fetch_concurrency: int = Field(default=8, ge=1, le=256, description="Threads that poll and fetch.")

    @model_validator(mode="after")
    def _fit_together(self) -> Self:
        refuse_keys("settings", self._contradictions())
        return self

    def _contradictions(self) -> Iterator[tuple[Loc, str]]:
        if self.poll_interval_min > self.poll_interval_max:
            yield ("poll_interval_min",), f"must not be more than {variable_of('poll_interval_max')}"
        elif not self.poll_interval_min <= self.poll_interval <= self.poll_interval_max:
            between = f"{variable_of('poll_interval_min')} and {variable_of('poll_interval_max')}"
            yield ("poll_interval",), f"must be between {between}"
        if self.task_time_limit >= self.lease:
            # A task that outlives its lease would work on what another worker has claimed.
            yield ("task_time_limit",), f"must be less than {variable_of('lease')}"

    @property
    def is_sqlite(self) -> bool:
        """Is the database a file?"""
        return self.database_url.get_secret_value().startswith(SQLITE)

    @property
    def is_in_memory_broker(self) -> bool:
        """Does everything have to run in one process?"""
        return self.broker_url.get_secret_value().startswith("memory://")

    @property
    def topics_required(self) -> bool:
        """Was the topics file set, so that it must exist?"""
        return "topics" in self.model_fields_set

    @property
    def sources_required(self) -> bool:
        """Was the sources file set, so that it must exist?"""
        return "sources" in self.model_fields_set

    @property
    def user_agent(self) -> str:
        """How Storytrail names itself to the sites it fetches from."""
        return f"{PRODUCT} (+{self.user_agent_contact})" if self.user_agent_contact else PRODUCT

    def shown(self) -> dict[str, str]:
        """Every variable and its value, fit to be printed: without passwords and tokens."""
        return {variable_of(name): shown(value) for name, value in self}


def variable_of(field: str) -> str:
    """The environment variable of a setting."""
    return PREFIX + field.upper()


def shown(value: object) -> str:
    """A setting as it would be written in the environment, without what is secret in it."""
    match value:
        case None:
            return ""
        case SecretStr():
            return masked(value.get_secret_value())
        case tuple():
            return ",".join(str(part) for part in value)
        case frozenset():
            return ",".join(str(part) for part in sorted(value))
        case _:
            return str(value)


def load_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """The settings in `environ`, by default the process's own. Raises ConfigError with everything that is wrong."""
    environ = os.environ if environ is None else environ
    problems = list(_unknown_variables(environ))
    values, unusable = _values(environ)
    problems += unusable
    try:
        settings = Settings.model_validate(values)
    except ValidationError as error:
        # Not chained: the cause carries the values, and they may be secrets.
        problems += [_problem(variable_of(str(detail["loc"][0])), sentence(detail)) for detail in error.errors()]
        settings = None
    if settings is None or problems:
        raise ConfigError(*problems)
    return settings


def _unknown_variables(environ: Mapping[str, str]) -> Iterator[Problem]:
    for name in sorted(environ):
        field = name.removeprefix(PREFIX).removesuffix(TWIN).lower()
        if name.startswith(PREFIX) and field not in Settings.model_fields:
            near = did_you_mean(field, Settings.model_fields, written_as=variable_of)
            yield _problem(name, "is not a setting" + (near or "; .env.example lists them all"))


def _values(environ: Mapping[str, str]) -> tuple[dict[str, str], list[Problem]]:
    """The settings that are given, as text, and what cannot be used."""
    values: dict[str, str] = {}
    problems: list[Problem] = []
    for field in Settings.model_fields:
        name = variable_of(field)
        try:
            value = variable(environ, name)
        except VariableError as error:
            problems.append(_problem(error.name, str(error)))
            continue
        if value is not None and _CONTROL.search(value):
            problems.append(_problem(name, f"must be one line; {name}{TWIN} names a file that holds the value alone"))
        elif value is not None:
            values[field] = value
    return values, problems


def _problem(name: str, message: str) -> Problem:
    return Problem(name, None, None, message)
