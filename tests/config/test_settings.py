import tomllib
from ipaddress import ip_network
from pathlib import Path

import pytest
from pydantic import SecretStr

from config.connections import masked
from config.settings import PRODUCT, ListenAddress, Settings, load_settings, variable_of
from tests.config.written import refused


def settings(**values: str) -> Settings:
    """The settings with these given: `settings(LISTEN="[::1]:80")`."""
    return load_settings({f"STORYTRAIL_{name}": value for name, value in values.items()})


def refused_settings(**values: str) -> list[str]:
    return [problem.removeprefix("STORYTRAIL_") for problem in refused(lambda: settings(**values))]


def test_nothing_needs_to_be_set() -> None:
    defaults = load_settings({})
    assert defaults.data == Path(".storytrail")
    assert defaults.database_url.get_secret_value() == f"sqlite:///{Path.cwd()}/.storytrail/storytrail.db"
    assert defaults.broker_url.get_secret_value() == "memory://"
    assert defaults.listen == ListenAddress("127.0.0.1", 8000)
    assert (defaults.is_sqlite, defaults.is_in_memory_broker) == (True, True)
    assert (defaults.topics_required, defaults.sources_required) == (False, False)
    assert defaults.user_agent == PRODUCT


def test_other_variables_of_the_environment_do_not_matter() -> None:
    assert load_settings({"LISTEN": "nonsense", "STORYTRAILER": "x", "storytrail_listen": "x"}) == load_settings({})


def test_the_process_environment_is_read_by_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STORYTRAIL_TICK", "0.5")
    assert load_settings().tick == 0.5


def test_settings_do_not_change() -> None:
    with pytest.raises(ValueError, match="frozen"):
        load_settings({}).tick = 1.0


def test_the_database_lies_in_the_data_folder() -> None:
    assert settings(DATA="/var/lib/x").database_url.get_secret_value() == "sqlite:////var/lib/x/storytrail.db"


@pytest.mark.parametrize(
    ("written", "used"),
    [
        ("sqlite:////var/x.db", "sqlite:////var/x.db"),
        ("sqlite:////var/x.db?timeout=5", "sqlite:////var/x.db?timeout=5"),
        ("postgresql://u:p@h/db", "postgresql+psycopg://u:p@h/db"),
        ("postgres://u:p@h:5433/db", "postgresql+psycopg://u:p@h:5433/db"),
        ("postgresql+psycopg://h/db", "postgresql+psycopg://h/db"),
        # A socket's folder stands in the options.
        ("postgresql:///db?host=/run/pg", "postgresql+psycopg:///db?host=/run/pg"),
    ],
)
def test_a_database_is_written_one_way(written: str, used: str) -> None:
    read = settings(DATABASE_URL=written)
    assert read.database_url.get_secret_value() == used
    assert read.is_sqlite is used.startswith("sqlite")


def test_a_database_file_is_the_same_from_every_folder() -> None:
    assert settings(DATABASE_URL="sqlite:///x.db").database_url.get_secret_value() == f"sqlite:///{Path.cwd()}/x.db"


def test_a_broker_is_redis_or_memory() -> None:
    assert not settings(BROKER_URL="redis://:p@h:6379/0").is_in_memory_broker
    assert not settings(BROKER_URL="rediss://h").is_in_memory_broker
    assert settings(BROKER_URL="memory://").is_in_memory_broker


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("0.0.0.0:80", ListenAddress("0.0.0.0", 80)),  # noqa: S104  nothing is opened
        ("localhost:0", ListenAddress("localhost", 0)),
        ("[::1]:8000", ListenAddress("::1", 8000)),
    ],
)
def test_an_address_to_listen_on_is_host_and_port(written: str, address: ListenAddress) -> None:
    assert settings(LISTEN=written).listen == address
    assert str(address) == written


def test_networks_stand_with_commas_between_them() -> None:
    networks = settings(ALLOW_PRIVATE_NETWORKS="127.0.0.0/8, 10.1.0.0/16,::1/128,").allow_private_networks
    assert networks == (ip_network("127.0.0.0/8"), ip_network("10.1.0.0/16"), ip_network("::1/128"))


def test_a_path_that_was_set_must_exist() -> None:
    given = settings(TOPICS="~/topics.yaml")
    assert (given.topics_required, given.sources_required) == (True, False)
    assert given.topics == Path.home() / "topics.yaml"


def test_a_contact_stands_in_the_user_agent() -> None:
    assert settings(USER_AGENT_CONTACT="https://example.org/bot").user_agent == f"{PRODUCT} (+https://example.org/bot)"


def test_the_user_agent_names_this_version() -> None:
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text())["project"]
    assert f"Storytrail/{'.'.join(project['version'].split('.')[:2])}" == PRODUCT


def test_a_setting_is_taken_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("a token of some length\n")
    token = settings(ADMIN_TOKEN_FILE=str(tmp_path / "token")).admin_token
    assert token == SecretStr("a token of some length")


def test_an_empty_value_counts_as_not_set() -> None:
    assert settings(LISTEN="", ADMIN_TOKEN="", TICK="", TOPICS="") == load_settings({})


def test_all_problems_are_told_together() -> None:
    problems = refused_settings(LISTE="127.0.0.1:1", LISTEN="8000", TICK="soon", ADMIN_TOKEN_FILE="/none")
    assert problems == [
        "LISTE is not a setting; did you mean `STORYTRAIL_LISTEN`?",
        "ADMIN_TOKEN_FILE names a file that cannot be read: /none: No such file or directory",
        "LISTEN must be host:port, such as 127.0.0.1:8000 or [::1]:8000",
        "TICK must be a number",
    ]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("DATABSE_URL", "; did you mean `STORYTRAIL_DATABASE_URL`?"),
        ("DATABASE", "; did you mean `STORYTRAIL_DATABASE_URL`?"),
        ("ADMIN_TOKN_FILE", "; did you mean `STORYTRAIL_ADMIN_TOKEN`?"),
        ("LISTEN_FILE_FILE", "; did you mean `STORYTRAIL_LISTEN`?"),
        # Nothing is near; the common beginning of all names does not count.
        ("XYZ", "; .env.example lists them all"),
        ("", "; .env.example lists them all"),
    ],
)
def test_a_variable_that_is_no_setting_is_refused(name: str, told: str) -> None:
    assert refused_settings(**{name: "x"}) == [f"{name} is not a setting{told}"]


@pytest.mark.parametrize(
    ("name", "value", "problem"),
    [
        ("LISTEN", ":8000", "must be host:port, such as 127.0.0.1:8000 or [::1]:8000"),
        ("LISTEN", "::1:8000", "must be host:port, such as 127.0.0.1:8000 or [::1]:8000"),
        ("LISTEN", "[:::]:8000", "must be host:port, such as 127.0.0.1:8000 or [::1]:8000"),
        ("LISTEN", "localhost:65536", "must be host:port, such as 127.0.0.1:8000 or [::1]:8000"),
        ("DATABASE_URL", "mysql://u:p@h/db", "must begin with sqlite:/// or postgresql://"),
        ("DATABASE_URL", "/var/x.db", "must begin with sqlite:/// or postgresql://"),
        ("BROKER_URL", "amqp://h", "must begin with redis://, rediss:// or memory://"),
        ("ADMIN_TOKEN", "fifteen-charact", "must have at least 16 characters"),
        ("LOG_LEVEL", "warn", "must be debug, info, warning, error or critical; did you mean `warning`?"),
        ("LOG_FORMAT", "xml", "must be text or json"),
        (
            "ALLOW_PRIVATE_NETWORKS",
            "10.0.0.0/8,lan",
            "must be networks with commas between them, such as 127.0.0.0/8,10.1.0.0/16",
        ),
        (
            "ALLOW_PRIVATE_NETWORKS",
            "10.1.2.3/16",
            "has an address inside a network; the network itself is 10.1.0.0/16",
        ),
        (
            "USER_AGENT_CONTACT",
            "é@example.org",
            "must be an address of at most 200 ASCII characters, without brackets",
        ),
        ("USER_AGENT_CONTACT", "a\r\nX: y", "must be one line; STORYTRAIL_USER_AGENT_CONTACT_FILE names a file"),
        ("TICK", "0", "must be more than 0"),
        ("TICK", "nan", "must be a finite number"),
        ("LEASE", "inf", "must be a finite number"),
        ("HOST_RATE", "-1", "must be at least 0"),
        ("MAX_ATTEMPTS", "0", "must be at least 1"),
        ("MAX_ATTEMPTS", "2.5", "must be a whole number"),
        ("TASK_TIME_LIMIT", "300", "must be less than STORYTRAIL_LEASE"),
        ("LEASE", "60", "must be less than STORYTRAIL_LEASE"),
        (
            "POLL_INTERVAL",
            "60",
            "must be between STORYTRAIL_POLL_INTERVAL_MIN and STORYTRAIL_POLL_INTERVAL_MAX",
        ),
        ("POLL_INTERVAL_MIN", "90000", "must not be more than STORYTRAIL_POLL_INTERVAL_MAX"),
    ],
)
def test_what_a_setting_cannot_be_is_refused(name: str, value: str, problem: str) -> None:
    (told,) = refused_settings(**{name: value})
    culprit = "TASK_TIME_LIMIT" if name == "LEASE" and value == "60" else name  # the two only fail together
    assert told.startswith(f"{culprit} {problem}")


def test_no_host_rate_is_no_limit() -> None:
    assert settings(HOST_RATE="0").host_rate == 0


def test_the_file_itself_instead_of_its_path_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "topics.yaml"
    path.write_text("topics:\n  - name: a\n")
    assert refused_settings(TOPICS_FILE=str(path)) == [
        "TOPICS must be one line; STORYTRAIL_TOPICS_FILE names a file that holds the value alone"
    ]


SECRETS = {
    "STORYTRAIL_DATABASE_URL": "postgresql://ann:sesame@h/db?sslpassword=sesame&application_name=x",
    "STORYTRAIL_BROKER_URL": "rediss://:sesame@h:6379/0",
    "STORYTRAIL_ADMIN_TOKEN": "sesame-sesame-sesame",
}


def test_secrets_are_not_shown() -> None:
    read = load_settings(SECRETS)
    assert "sesame" not in f"{read!r} {read} {read.shown()} {read.model_dump_json()}"
    assert read.shown()["STORYTRAIL_DATABASE_URL"] == (
        "postgresql+psycopg://ann:***@h/db?sslpassword=***&application_name=x"
    )
    assert read.shown()["STORYTRAIL_BROKER_URL"] == "rediss://:***@h:6379/0"


@pytest.mark.parametrize(
    "values",
    [
        {"DATABASE_URL": "mysql://ann:sesame@h/db"},
        {"DATABASE_URL": "postgresql://ann:sesame@h:port/db"},
        {"DATABASE_URL": "postgresql://ann:sesame/1@h/db", "TICK": "x"},
        {"BROKER_URL": "redis://:sesame@h:port"},
        {"ADMIN_TOKEN": "sesame"},
        {"ADMIN_TOKEN": "sesame-sesame-sesame\nx"},
        {"ADMIN_TOKEN": "sesame-sesame-sesame", "ADMIN_TOKEN_FILE": "/x"},
        {"ADMIN_TOKE": "sesame-sesame-sesame"},
    ],
)
def test_secrets_are_not_shown_when_they_are_refused(values: dict[str, str]) -> None:
    assert "sesame" not in "".join(refused_settings(**values))


def test_a_password_with_any_character_is_masked() -> None:
    assert masked("redis://a:s/e@s:a?m#e@h:1/0") == "redis://a:***@h:1/0"
    assert masked("redis://h:1/0") == "redis://h:1/0"


def test_every_setting_is_shown_and_described() -> None:
    assert list(load_settings({}).shown()) == [variable_of(name) for name in Settings.model_fields]
    assert all(field.description for field in Settings.model_fields.values())
