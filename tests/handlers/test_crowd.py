"""Any update at all, to the whole application: nothing fails, and nothing is sent that Telegram would refuse."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from tests.crowd import acts, crowd
from tests.telegram_limits import accepted
from tests.telegram_offline import Call


def test_any_update_at_all(store_path: Path, tmp_path: Path) -> None:
    """A few hundred here; `python -m tests.bench.crowd` lets 20,000 in."""
    with crowd(store_path.parent, tmp_path) as (runner, someone):

        @settings(max_examples=300, suppress_health_check=list(HealthCheck))
        @given(acts)
        def once(act: dict[str, Any]) -> None:
            runner.run(someone.does(act))

        once()
        assert someone.updates > 200
        assert someone.requests > 100


@pytest.mark.parametrize(
    "asked",
    [
        {"text": ""},
        {"text": " \n"},
        {"text": "x" * 4097},
        {"text": "😀" * 2049},
        {"text": "<b>x", "parse_mode": "HTML"},
        {"text": "<b><i>x</b></i>", "parse_mode": "HTML"},
        {"text": "<b><pre>x</pre></b>", "parse_mode": "HTML"},
        {"text": "<b>x</b>" * 101, "parse_mode": "HTML"},
        {"text": '<a href="javascript:x">x</a>', "parse_mode": "HTML"},
        {"text": "\ud800"},
        {"text": "x", "reply_markup": {"inline_keyboard": [[{"text": "x", "callback_data": "é" * 33}]]}},
        {"text": "x", "reply_markup": {"inline_keyboard": [[{"text": " ", "callback_data": "x"}]]}},
        {"text": "x", "reply_markup": {"inline_keyboard": [[{"text": "x", "copy_text": {"text": "x" * 257}}]]}},
    ],
)
def test_what_telegram_refuses_is_seen(asked: dict[str, Any]) -> None:
    """Or the test above could not fail."""
    with pytest.raises((AssertionError, UnicodeEncodeError)):
        accepted(Call("sendMessage", asked))
