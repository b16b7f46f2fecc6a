"""Write the replies of the golden cases that pin theirs: `python -m tests.write_golden`.

Every `reply` of `tests/golden/en.toml` becomes what the desk says now, a new one (`reply = "?"`) too; nothing else of
the file changes. What it wrote shows in the difference, and is to be read like any other text.
"""

from __future__ import annotations

import re
import sys
import tempfile
from pathlib import Path

from knowledge.desk import Desk
from tests.conftest import TODAY
from tests.knowledge.golden import FILE, ask, cases

_REPLY = re.compile(r"^reply = (?:'''\n(?:.*\n)*?'''|\"\?\")$", re.MULTILINE)


def main() -> None:
    """Write them; print which changed."""
    text = FILE.read_text("utf-8")
    found = [case for case in cases() if "reply" in case.expect]
    places = list(_REPLY.finditer(text))
    if len(places) != len(found):
        sys.exit(f"{len(found)} cases pin a reply, but {len(places)} can be rewritten: use ''' or \"?\"")
    with tempfile.TemporaryDirectory() as home:
        desk = Desk(Path(home), lambda: TODAY)
        for case, place in reversed(list(zip(found, places, strict=True))):
            reply = ask(desk, case, case.wordings[0]).text
            if reply != case.expect["reply"].strip("\n"):
                sys.stdout.write(f"{case.name}:\n{reply}\n\n")
            text = f"{text[: place.start()]}reply = '''\n{reply}\n'''{text[place.end() :]}"
    FILE.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
