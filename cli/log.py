"""Logging for commands: one line an event, on standard error, from our own code and from libraries alike."""

import logging
import sys
from typing import Any

import structlog

# Libraries that say what is no trouble here: a page that holds no article is a result, memory:// needs no host.
QUIETER = {"trafilatura": logging.CRITICAL, "htmldate": logging.CRITICAL, "kombu.connection": logging.ERROR}


def set_up_logging(level: str, log_format: str) -> None:
    """`log_format`: text for people or json for machines. Libraries are heard from `warning` on."""
    number = logging.getLevelNamesMapping()[level.upper()]
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    as_text = structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    renderer = structlog.processors.JSONRenderer(ensure_ascii=False) if log_format == "json" else as_text
    structlog.configure(
        processors=[*shared, renderer],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    _set_up_libraries(library_level(level), shared, renderer)


def library_level(level: str) -> str:
    """From which level on libraries are heard: what they do at `info` is two lines for each message of the broker."""
    return "WARNING" if level.upper() in ("DEBUG", "INFO") else level.upper()


def _set_up_libraries(level: str, shared: list[Any], renderer: Any) -> None:
    """What they log through Python's own logging comes out in the same form."""
    handler = logging.StreamHandler(sys.stderr)
    render = [structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer]
    before = [structlog.stdlib.add_logger_name, *shared]
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(processors=render, foreign_pre_chain=before))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name, quieter in QUIETER.items():
        logging.getLogger(name).setLevel(quieter)
