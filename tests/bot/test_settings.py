"""The environment and .env: what counts, what is refused, and that the token is not told."""

from pathlib import Path

import pytest

from bot.errors import FatalError
from bot.home import default_home, find_home
from bot.settings import TELEGRAM, load


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No variable of ours is set, and the working folder is empty."""
    for name in ("TOKEN", "API_URL", "HOME", "STATE_URL", "ADMINS"):
        monkeypatch.delenv(f"WAYBILL_{name}", raising=False)
    monkeypatch.chdir(tmp_path)


def test_defaults() -> None:
    """Nothing set: no token, Telegram's own server, the platform's folder."""
    settings = load()
    assert settings.token is None
    assert settings.api_url == TELEGRAM
    assert settings.home == find_home() == default_home()


def test_a_variable_wins_over_the_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """.env is read from the working folder; variables of other programs in it do no harm."""
    Path(".env").write_text("WAYBILL_TOKEN=1:file\nWAYBILL_HOME=from-file\nOTHER=1\n", encoding="utf-8")
    assert load().home == find_home() == Path("from-file")
    monkeypatch.setenv("WAYBILL_TOKEN", "2:env")
    monkeypatch.setenv("WAYBILL_HOME", str(tmp_path / "env"))
    settings = load()
    assert settings.token is not None
    assert settings.token.get_secret_value() == "2:env"
    assert settings.home == find_home() == tmp_path / "env"


def test_a_variable_set_to_nothing_unsets(monkeypatch: pytest.MonkeyPatch) -> None:
    """`WAYBILL_TOKEN= waybill` opens the local chat whatever .env says."""
    Path(".env").write_text("WAYBILL_TOKEN=1:file\nWAYBILL_HOME=x\nWAYBILL_API_URL=http://x.y/bot\n", encoding="utf-8")
    for name in ("TOKEN", "API_URL", "HOME"):
        monkeypatch.setenv(f"WAYBILL_{name}", "")
    settings = load()
    assert (settings.token, settings.api_url, settings.home) == (None, TELEGRAM, default_home())
    assert find_home() == default_home()


def test_home_may_start_with_a_tilde(monkeypatch: pytest.MonkeyPatch) -> None:
    """As people write it in files that no shell reads."""
    monkeypatch.setenv("WAYBILL_HOME", "~/facts")
    assert load().home == find_home() == Path.home() / "facts"


@pytest.mark.parametrize("token", ["secret", "12 34:secret", "1:sec/ret", "bot1:secret", "1:secret\n2:secret"])
def test_a_malformed_token_is_refused_without_telling_it(monkeypatch: pytest.MonkeyPatch, token: str) -> None:
    """One line that names the variable; neither it nor what it came from holds the token."""
    monkeypatch.setenv("WAYBILL_TOKEN", token)
    with pytest.raises(FatalError) as caught:
        load()
    assert str(caught.value).startswith("WAYBILL_TOKEN is not a bot token")
    assert "\n" not in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__
    assert "secret" not in str(caught.value)


def test_the_token_is_in_no_repr(monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings can be printed."""
    monkeypatch.setenv("WAYBILL_TOKEN", "1:secret")
    settings = load()
    assert "secret" not in f"{settings} {settings!r} {settings.model_dump()} {settings.model_dump_json()}"


@pytest.mark.parametrize(
    "url", ["127.0.0.1:8081/bot", "http://127.0.0.1:8081", "ftp://x.y/bot", "http:///bot", "http://u:p@h/bot"]
)
def test_an_odd_server_address_is_refused(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    """It would fail later with a riddle."""
    monkeypatch.setenv("WAYBILL_API_URL", url)
    with pytest.raises(FatalError, match="WAYBILL_API_URL must be an address that ends in /bot"):
        load()


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:8081/bot", "https://bots.example.org/api/bot", "http://[::1]:81/bot/"]
)
def test_a_server_address_is_taken(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    """Self-hosted servers."""
    monkeypatch.setenv("WAYBILL_API_URL", url)
    assert load().api_url == url.rstrip("/")


def test_a_file_that_is_no_text_is_refused() -> None:
    """One clear line again."""
    Path(".env").write_bytes(b"WAYBILL_TOKEN=\xff\xfe")
    with pytest.raises(FatalError, match=r"\.env cannot be read"):
        load()


def test_where_the_state_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing: a file in the home folder. An address may hold a password, which is not told."""
    assert load().state_url is None
    monkeypatch.setenv("WAYBILL_STATE_URL", "postgresql+psycopg://u:secret@h/d")
    settings = load()
    assert settings.state_url is not None
    assert settings.state_url.get_secret_value() == "postgresql+psycopg://u:secret@h/d"
    assert "secret" not in f"{settings} {settings!r} {settings.model_dump()} {settings.model_dump_json()}"


@pytest.mark.parametrize(
    ("listed", "admins"), [("", set()), ("7", {7}), ("7, 8,7", {7, 8}), (" 7 ,, 123456789012 ,", {7, 123456789012})]
)
def test_admins(monkeypatch: pytest.MonkeyPatch, listed: str, admins: set[int]) -> None:
    """User ids with commas between them; nobody by default."""
    assert load().admins == frozenset()
    monkeypatch.setenv("WAYBILL_ADMINS", listed)
    assert load().admins == admins


@pytest.mark.parametrize("listed", ["@somebody", "7;8", "-100123", "7 8"])
def test_admins_are_numbers(monkeypatch: pytest.MonkeyPatch, listed: str) -> None:
    """A name could be given to somebody else, a group is nobody."""
    monkeypatch.setenv("WAYBILL_ADMINS", listed)
    with pytest.raises(FatalError, match="WAYBILL_ADMINS must be user ids"):
        load()
