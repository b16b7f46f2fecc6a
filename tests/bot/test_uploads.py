"""Fact files that admins send: tried, imported by a process of its own, told; with the real importer and desk."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.app import running
from bot.state import State, open_state
from bot.uploads import Uploads
from handlers.uploads import MOST
from knowledge.desk import Desk
from tests.conftest import TODAY
from tests.knowledge.importers.workbooks import figures, workbook
from tests.knowledge.importing import folder_of_reports, report
from tests.telegram_offline import USER, Call, Person

OCTOBER = "How much steel did Turkey export in October 2026?"


@pytest.fixture
def home(store_path: Path, tmp_path: Path) -> Path:
    """A home of one's own, with the shipped store."""
    place = tmp_path / "home"
    place.mkdir()
    shutil.copy(store_path, place)
    return place


@pytest.fixture
async def state(tmp_path: Path) -> AsyncIterator[State]:
    """What is kept."""
    async with open_state(None, tmp_path) as opened:
        yield opened


@pytest.fixture
async def admin(home: Path, state: State, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Person]:
    """Somebody who may import."""
    monkeypatch.setattr("knowledge.desk._LOOK_EVERY", 0.0)
    desk = Desk(home, lambda: TODAY)
    await desk.start()
    someone = Person(desk, state, tmp_path, frozenset({USER}))
    someone.services.uploads = Uploads(home)
    async with running(someone.application):
        yield someone
    await desk.close()


@pytest.fixture
def october(tmp_path: Path) -> bytes:
    """A workbook with one more month."""
    more = {(product, "2026-10"): value for (product, month), value in figures().items() if month == "2026-09"}
    return workbook(tmp_path / "book.xlsx", 2026, 10, figures() | more).read_bytes()


async def sends(person: Person, name: str, content: bytes, **changes: object) -> list[Call]:
    """Send a document."""
    person.api.documents["F1"] = content
    document = {"file_id": "F1", "file_unique_id": "u", "file_name": name, "file_size": len(content)}
    return await person.shows(document=document, **changes)


def packed(folder: Path) -> bytes:
    """A folder as a ZIP file."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for path in folder.rglob("*"):
            archive.write(path, path.relative_to(folder.parent))
    return made.getvalue()


async def test_a_workbook_is_tried_and_then_imported(admin: Person, state: State, october: bytes, home: Path) -> None:
    """A dry run first, with the difference; then the import, an audit line, and an answer for who waited for it."""
    (before,) = await admin.says(OCTOBER)
    assert "Tell me once you know" in before.labels
    await admin.presses("Tell me once you know")
    tried = (await sends(admin, "../../ihracat 2026.xlsx", october))[-2]
    assert tried.text.startswith("<b>A dry run</b> as tim; nothing has changed yet:\n\n<pre>new: 30")
    assert tried.labels == ["Import it", "Throw it away"]
    assert (await admin.says(OCTOBER))[0].labels[0] == "Tell me once you know"

    await admin.presses("Import it", tried)
    said = [call for call in admin.api.made("sendMessage", "editMessageText") if "Imported" in call.text]
    assert said[0].method == "editMessageText"
    assert "imported: imports/tim/tim-2026-10-workbook-" in said[0].text
    told = [call for call in admin.api.made("sendMessage") if call.text.startswith("You wanted to know")]
    assert len(told) == 1
    assert "October 2026" in told[0].text
    assert "have an answer now: 1" in admin.api.made("sendMessage")[-1].text
    (answer,) = await admin.says(OCTOBER)
    assert "Receipt" in answer.text
    ((_, who, what, detail),) = await state.audit.latest()
    assert (who, what) == (USER, "import")
    assert detail.startswith("tim: imported: imports/tim/")
    assert not any((home / "uploads").iterdir())


async def test_a_long_difference_comes_as_a_file_too(admin: Person, october: bytes) -> None:
    """The first lines in the message, all of them behind it."""
    calls = await sends(admin, "book.xlsx", october)
    document = calls[-1]
    assert document.method == "sendDocument"
    name, content = document.file
    assert name == "difference.txt"
    assert b"steel 2026-10" in content
    assert calls[-2].text.count("\n") < 50


async def test_a_packed_folder_of_facts(admin: Person, home: Path, tmp_path: Path) -> None:
    """Unpacked and imported as our own shape; thrown away if not wanted."""
    folder = folder_of_reports(tmp_path / "mine", [report("mine-1", "7")])
    *_, tried = await sends(admin, "mine.zip", packed(folder))
    assert tried.text.startswith("<b>A dry run</b> as csv")
    _, dropped = await admin.presses("Throw it away", tried)
    assert dropped.text == "Thrown away; nothing was changed."
    *_, tried = await sends(admin, "mine.zip", packed(folder))
    shutil.rmtree(home / "uploads")
    *_, gone = await admin.presses("Import it", tried)
    assert gone.text.startswith("I no longer have that file.")


async def test_a_file_that_is_refused(admin: Person) -> None:
    """With the importer's own words, and the other kinds to try it as."""
    *_, said = await sends(admin, "book.xlsx", b"PK\x03\x04 not a workbook")
    assert said.text.startswith("<b>Refused</b>, nothing was changed:\n\n<pre>waybill: ")
    assert "book.xlsx" in said.text
    assert said.labels == ["tim", "sipri", "comtrade", "csv"]
    *_, again = await admin.presses("csv", said)
    assert again.text.startswith("<b>Refused</b>")


async def test_a_file_of_an_unknown_kind(admin: Person) -> None:
    """It is asked what it is; a caption says so at once."""
    *_, said = await sends(admin, "facts.csv", b"a,b\n1,2\n")
    assert said.text == "What kind of file is this?"
    *_, refused = await sends(admin, "facts.csv", b"a,b\n1,2\n", caption="SIPRI")
    assert refused.text.startswith("<b>Refused</b>")


async def test_others_cannot_import(admin: Person, october: bytes, state: State) -> None:
    """Neither by sending a file, nor by a button that was an admin's."""
    await sends(admin, "book.xlsx", october)
    buttons = admin.api.made("sendMessage")[-1]
    admin.services.admins = frozenset()
    (said,) = await sends(admin, "book.xlsx", october)
    assert said.text.startswith("I can only read text.")
    for label in buttons.labels:
        (call,) = await admin.presses(label, buttons)
        assert call.method == "answerCallbackQuery"
    assert await state.audit.latest() == []


async def test_a_file_that_telegram_does_not_hand_over(admin: Person) -> None:
    """It is said, not tried."""
    document = {"file_id": "F1", "file_unique_id": "u", "file_name": "big.xlsx", "file_size": MOST + 1}
    (said,) = await admin.shows(document=document)
    assert "bigger than the 20 MB" in said.text


@pytest.mark.parametrize("members", [101, 1])
async def test_a_bomb_is_not_unpacked(home: Path, members: int) -> None:
    """Too many files, or too much in one."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(members):
            archive.writestr(f"{number}.csv", b"0" * (10 if members > 1 else 201 * 1024**2))
    uploads = Uploads(home)
    key = await uploads.take("bomb.zip", made.getvalue())
    trial = await uploads.run(key, "csv", dry=True)
    assert trial
    assert "holds more than" in trial.lines[0]
    assert sum(path.stat().st_size for path in (home / "uploads").rglob("*") if path.is_file()) < 2**20


async def test_no_member_leaves_the_folder(home: Path) -> None:
    """Whatever it is called."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name in ("../../evil.csv", "/etc/evil.csv", "..", "a/../../b.csv"):
            archive.writestr(name, b"x")
    uploads = Uploads(home)
    key = await uploads.take("../evil.zip", made.getvalue())
    await uploads.run(key, "csv", dry=True)
    written = {path.relative_to(home).parts[0] for path in home.rglob("*evil*")}  # noqa: ASYNC240 - a few files
    assert written == {"uploads"}
