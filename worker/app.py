"""The Celery application: how hints travel from one process to another.

Messages hold ids and nothing else. They may be lost, doubled or late without harm: the database knows what is to be
done, and the scheduler asks it. Hence no result backend, no retries and no delays in the broker.
"""

from typing import Any

import redis
from celery import Celery

from config.errors import ConfigError, Problem
from config.settings import Settings
from worker.runtime import collect_rarely

POLL, FETCH, READ, DELIVER, SCHEDULE = "poll", "fetch", "read", "deliver", "schedule"
QUEUES = (POLL, FETCH, READ, DELIVER)

app = Celery("storytrail")


def configure(settings: Settings) -> Celery:
    """Set the application up for this process, which is to work for long, and return it."""
    collect_rarely()
    app.conf.update(
        broker_url=settings.broker_url.get_secret_value(),
        broker_connection_retry_on_startup=True,
        broker_transport_options=_transport_options(settings),
        include=["worker.tasks"],
        accept_content=["json"],
        task_serializer="json",
        task_ignore_result=True,
        task_publish_retry=False,  # a hint that cannot be sent now is lost, and the next tick sends it anew
        task_create_missing_queues=True,
        task_default_queue=POLL,
        task_routes={queue: {"queue": queue} for queue in QUEUES}
        | {"subscribe": {"queue": POLL}, "tidy": {"queue": READ}, "tick": {"queue": SCHEDULE}},
        # Early acknowledgement, the default: a message given back after a crash would run beside the scheduler's hint.
        task_acks_late=False,
        task_time_limit=settings.task_time_limit,
        # The in-memory transport crawls at 1: it hands over acknowledgements only every two seconds.
        worker_prefetch_multiplier=64 if settings.is_in_memory_broker else 1,
        worker_max_tasks_per_child=200,
        worker_max_memory_per_child=600_000,  # KiB
        worker_hijack_root_logger=False,
        worker_redirect_stdouts=False,
        worker_send_task_events=False,
        timezone="UTC",
    )
    return app


def check_broker(settings: Settings) -> None:
    """Refuse a Redis that may throw queued hints away: it would answer every publish with success."""
    if settings.is_in_memory_broker:
        return
    client = redis.Redis.from_url(settings.broker_url.get_secret_value(), socket_timeout=5, socket_connect_timeout=3)
    policy = client.info("memory").get("maxmemory_policy")
    client.close()
    if policy != "noeviction":
        message = f"has maxmemory-policy {policy}, which drops queued work in silence: set it to noeviction"
        raise ConfigError(Problem("STORYTRAIL_BROKER_URL", None, None, message))


def _transport_options(settings: Settings) -> dict[str, Any]:
    if settings.is_in_memory_broker:
        return {"polling_interval": 0.1}  # seconds; the default of one would be waited at each of four steps
    return {
        # Longer than any task, or a message is given to a second worker while the first still runs it.
        "visibility_timeout": settings.lease * 4,
        # Without these four, a connection that died without a word is not noticed for minutes.
        "socket_timeout": 5,
        "socket_connect_timeout": 3,
        "socket_keepalive": True,
        "health_check_interval": 5,
        # Of sending a hint. By default each one would wait six seconds for a broker that refuses its connections.
        "max_retries": 0,
    }
