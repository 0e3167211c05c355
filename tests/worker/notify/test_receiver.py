"""The receiver that other tests lean on, tested itself."""

from datetime import UTC, datetime, timedelta

from standardwebhooks.webhooks import Webhook

from tests.receiver import Receiver


def headers(receiver: Receiver, name: str, body: str, at: datetime) -> dict[str, str]:
    return {
        "webhook-id": name,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": Webhook(receiver.secret).sign(name, at, body),
    }


def test_it_acts_once_for_an_id_however_often_it_is_posted(receiver: Receiver) -> None:
    signed = headers(receiver, "a", "{}", datetime.now(UTC))
    assert receiver.takes(b"{}", signed) == (204, {})
    assert receiver.takes(b"{}", signed) == (204, {})
    assert receiver.effects == {"a": 2}


def test_it_refuses_what_was_changed_or_is_old(receiver: Receiver) -> None:
    now = datetime.now(UTC)
    assert receiver.takes(b'{"a":1}', headers(receiver, "a", "{}", now)) == (401, {})
    assert receiver.takes(b"{}", headers(receiver, "a", "{}", now - timedelta(minutes=6))) == (401, {})
    assert receiver.forgeries == 2
    assert receiver.effects == {}


def test_an_ambiguous_failure_acts_in_about_half_the_cases(receiver: Receiver) -> None:
    receiver.fails_ambiguously(1.0, seed=3)
    for number in range(100):
        assert receiver.takes(b"{}", headers(receiver, str(number), "{}", datetime.now(UTC))) is None
    assert 30 < len(receiver.effects) < 70
