"""The page: what it shows, who may see it, and what a browser may do with it."""

import base64
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from starlette.testclient import TestClient

from config.errors import ConfigError
from config.settings import load_settings
from web.app import create_app
from web.status import FailingSource, LatestAlert, LatestStory, StatusReport

TOKEN = "sixteen-letters-or-more"
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
HOSTILE = "<script>alert('x')</script>"

NOTHING = StatusReport(
    taken=NOON,
    sources={},
    articles={},
    copies=0,
    stories=0,
    alerts=0,
    deliveries={},
    failing=[],
    latest_stories=[],
    latest_alerts=[],
)
BUSY = StatusReport(
    taken=NOON,
    sources={"healthy": 12, "failing": 1},
    articles={"done": 340, "fetch": 7},
    copies=45,
    stories=21,
    alerts=1,
    deliveries={"sent": 2, "uncertain": 1},
    failing=[FailingSource("Harbour Post", "https://harbour.example/rss", "failing", NOON, "answers 503")],
    latest_stories=[LatestStory("Bridge closed after storm", NOON, NOON, articles=5, origins=3)],
    latest_alerts=[
        LatestAlert("Bridge", "Bridge closed after storm", "new-fact", NOON, ["Two lanes reopen."], {"sent": 2})
    ],
)


def reach(
    report: Callable[[], StatusReport] = lambda: NOTHING,
    ping: Callable[[], object] = lambda: None,
    token: str | None = None,
    address: str = "http://127.0.0.1:8000",
) -> TestClient:
    """A client of an application with this report and token, asking under this address."""
    settings = load_settings({"STORYTRAIL_ADMIN_TOKEN": token or ""})
    return TestClient(create_app(settings, report, ping), base_url=address)


def fail() -> StatusReport:
    raise ConnectionError("postgresql://storytrail:hunter2@postgres is gone")


def basic(user: str, password: str) -> str:
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()


@pytest.mark.parametrize(
    "shown",
    [
        "347",  # articles in all
        "340 done",
        "7 fetch",
        "45",
        "1 failing",
        "Harbour Post",
        "answers 503",
        "Bridge closed after storm",
        "Two lanes reopen.",
        "1 uncertain",
        "2026-03-01 12:00 UTC",
    ],
)
def test_the_page_shows_what_the_report_says(shown: str) -> None:
    assert shown in reach(lambda: BUSY).get("/").text


def test_an_empty_report_is_a_page_too() -> None:
    answer = reach(lambda: NOTHING).get("/")
    assert (answer.status_code, answer.text.count("None yet.")) == (200, 2)


def test_what_feeds_say_is_text_and_not_markup() -> None:
    hostile = StatusReport(
        taken=NOON,
        sources={HOSTILE: 1},
        articles={HOSTILE: 1},
        copies=0,
        stories=1,
        alerts=1,
        deliveries={HOSTILE: 1},
        failing=[FailingSource(HOSTILE, HOSTILE, HOSTILE, NOON, HOSTILE)],
        latest_stories=[LatestStory(HOSTILE, NOON, NOON, 1, 1)],
        latest_alerts=[LatestAlert(HOSTILE, HOSTILE, HOSTILE, NOON, [HOSTILE], {HOSTILE: 1})],
    )
    page = reach(lambda: hostile).get("/").text
    assert "<script" not in page
    assert page.count("&lt;script&gt;") >= 12


def test_a_database_that_is_gone_is_said_without_its_address() -> None:
    answer = reach(report=fail).get("/")
    assert answer.status_code == 503
    assert "does not answer" in answer.text
    assert "hunter2" not in answer.text


def test_health_is_ok_while_the_database_answers() -> None:
    answer = reach().get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok", "database": "reachable"})


def test_health_is_degraded_when_the_database_is_gone() -> None:
    answer = reach(ping=fail).get("/healthz")
    assert (answer.status_code, answer.json()) == (503, {"status": "degraded", "database": "unreachable"})


def test_health_gathers_no_report() -> None:
    """It is open to all, and must stay cheap."""
    assert reach(report=fail).get("/healthz").status_code == 200


@pytest.mark.parametrize("path", ["/", "/static/style.css", "/no-such-page", "/healthz/", "//healthz"])
def test_with_a_token_nothing_but_health_is_open(path: str) -> None:
    answer = reach(token=TOKEN).get(path, follow_redirects=False)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Basic ")
    assert reach(token=TOKEN).get("/healthz").status_code == 200


@pytest.mark.parametrize(
    ("authorization", "status"),
    [
        (basic("anyone", TOKEN), 200),
        (basic("", TOKEN), 200),
        (f"Bearer {TOKEN}", 200),
        (f"bearer  {TOKEN}", 200),  # the scheme is not case-sensitive
        (basic("anyone", TOKEN + "x"), 401),
        (basic(TOKEN, ""), 401),
        (f"Bearer {TOKEN[:-1]}", 401),
        ("Bearer", 401),
        ("Bearer ", 401),
        ("Basic", 401),
        ("Basic !!!", 401),  # not base64
        ("Basic " + base64.b64encode(b"no colon").decode(), 401),
        ("Basic " + base64.b64encode(b"\xff:\xff").decode(), 401),  # not UTF-8
        (f"Digest {TOKEN}", 401),
        (TOKEN, 401),
    ],
)
def test_the_token_opens_the_page_and_nothing_else_does(authorization: str, status: int) -> None:
    assert reach(token=TOKEN).get("/", headers={"Authorization": authorization}).status_code == status


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("http://127.0.0.1:8000", 200),
        ("http://localhost", 200),
        ("http://[::1]:8000", 200),
        ("http://rebound.example:8000", 403),  # a name that someone else made point here
        ("http://localhost.rebound.example", 403),
        ("http://192.0.2.7:8000", 403),
    ],
)
def test_without_a_token_the_page_answers_under_local_names_only(address: str, status: int) -> None:
    assert reach(address=address).get("/").status_code == status


@pytest.mark.parametrize("listen", ["0.0.0.0:8000", "[::]:8000", "192.0.2.7:8000", "news.example:8000"])
def test_a_page_open_to_other_machines_needs_a_token(listen: str) -> None:
    without = load_settings({"STORYTRAIL_LISTEN": listen})
    with pytest.raises(ConfigError, match="STORYTRAIL_ADMIN_TOKEN must be set"):
        create_app(without, lambda: NOTHING, lambda: None)
    with_token = load_settings({"STORYTRAIL_LISTEN": listen, "STORYTRAIL_ADMIN_TOKEN": TOKEN})
    assert create_app(with_token, lambda: NOTHING, lambda: None)


@pytest.mark.parametrize("path", ["/", "/healthz", "/static/style.css", "/no-such-page"])
def test_every_answer_forbids_scripts_and_framing(path: str) -> None:
    headers = reach(lambda: BUSY).get(path).headers
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'self'")
    assert "frame-ancestors 'none'" in policy
    assert headers["x-content-type-options"] == "nosniff"


def test_the_page_needs_nothing_that_its_policy_forbids() -> None:
    page = reach(lambda: BUSY).get("/").text
    assert 'href="/static/style.css"' in page
    assert reach().get("/static/style.css").headers["content-type"].startswith("text/css")
    assert not [mark for mark in ("<script", "style=", "<img", "<style", "onclick") if mark in page]


@pytest.mark.parametrize("path", ["/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2f..%2fpyproject.toml"])
def test_only_the_style_is_served_as_a_file(path: str) -> None:
    assert reach().get(path).status_code == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_the_page_changes_nothing(method: str) -> None:
    assert reach().request(method, "/").status_code == 405


def test_a_topics_file_that_is_refused_is_told_on_the_page() -> None:
    broken = replace(NOTHING, problems=["topics.yaml:5:5 <b>unknown</b> word"])
    page = reach(lambda: broken).get("/").text
    assert "topics.yaml:5:5 &lt;b&gt;unknown" in page
