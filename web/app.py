"""The page: how Storytrail is, for people (`/`) and for machines (`/healthz`). It shows and changes nothing.

It has no query of its own: `create_app` is given functions that report and answer, and the routes of what else is to be
reached at this address, such as the callbacks of hubs (`web/websub.py`).
"""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path

import structlog
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from config.errors import ConfigError, Problem
from config.settings import Settings, variable_of
from web.gate import Gate, SafetyHeaders, is_loopback
from web.status import StatusReport

_HERE = Path(__file__).parent
_log = structlog.get_logger()


def create_app(
    settings: Settings,
    report: Callable[[], StatusReport],
    ping: Callable[[], object],
    more: Sequence[BaseRoute] = (),
) -> Starlette:
    """The ASGI application.

    `report` gathers what the page shows. `ping` asks the database something small and raises when it does not answer;
    anybody may cause it, so it must be cheap. Both are called in threads, several at once.
    Raises ConfigError when the page would be open to other machines without a token.
    """
    token = settings.admin_token.get_secret_value() if settings.admin_token else None
    if token is None and not is_loopback(settings.listen.host):
        raise ConfigError(_token_missing(settings))
    pages = Pages(report, ping)
    return Starlette(
        routes=[
            Route("/", pages.status),
            Route("/healthz", pages.health),
            Mount("/static", StaticFiles(directory=_HERE / "static")),
            *more,
        ],
        middleware=[Middleware(SafetyHeaders), Middleware(Gate, token=token)],
    )


class Pages:
    """One method for each page. They are plain functions, so Starlette runs them in threads: the database may wait."""

    def __init__(self, report: Callable[[], StatusReport], ping: Callable[[], object]) -> None:
        self._report = report
        self._ping = ping
        self._templates = _templates()

    def status(self, _: Request) -> Response:
        """What there is, what is failing, what is new."""
        try:
            report = self._report()
        except Exception:
            _log.exception("the status page has no report")
            return self._page("unavailable.html", status=HTTPStatus.SERVICE_UNAVAILABLE)
        return self._page("status.html", report=report)

    def health(self, _: Request) -> Response:
        """200 and "ok", or 503 and "degraded". Open to all, so the reason is in the log and not here."""
        try:
            self._ping()
        except Exception:
            _log.exception("the database does not answer")
            return JSONResponse({"status": "degraded", "database": "unreachable"}, HTTPStatus.SERVICE_UNAVAILABLE)
        return JSONResponse({"status": "ok", "database": "reachable"})

    def _page(self, template: str, *, status: HTTPStatus = HTTPStatus.OK, **values: object) -> Response:
        return HTMLResponse(self._templates.get_template(template).render(values), status)


def _templates() -> Environment:
    loader = FileSystemLoader(_HERE / "templates")
    environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    environment.filters["moment"] = _moment
    return environment


def _moment(when: datetime) -> str:
    return when.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")


def _token_missing(settings: Settings) -> Problem:
    listen = f"{variable_of('listen')} is {settings.listen}"
    return Problem(
        variable_of("admin_token"), None, None, f"must be set, as other machines can reach the page: {listen}"
    )
