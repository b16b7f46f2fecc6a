"""Write the replies of the golden cases that pin theirs: `python -m tests.write_golden`.

Every `reply` of `tests/golden/<language>.toml` becomes what the desk says now, a new one (`reply = "?"`) too;
nothing else of the file changes. What it wrote shows in the difference, and is to be read like any other text.
"""

from __future__ import annotations

import re
import sys
import tempfile
from pathlib import Path

from knowledge.desk import Desk
from knowledge.language import languages
from tests.conftest import TODAY
from tests.knowledge.golden import ask, cases, path_of

_REPLY = re.compile(r"^reply = (?:'''\n(?:.*\n)*?'''|\"\?\")$", re.MULTILINE)


def main() -> None:
    """Write them; print which changed."""
    with tempfile.TemporaryDirectory() as home:
        desk = Desk(Path(home), lambda: TODAY)
        for language in languages():
            if path_of(language).exists():
                write(language, desk)


def write(language: str, desk: Desk) -> None:
    """Write those of one language."""
    text = path_of(language).read_text("utf-8")
    found = [case for case in cases(language) if "reply" in case.expect]
    places = list(_REPLY.finditer(text))
    if len(places) != len(found):
        sys.exit(f"{language}: {len(found)} cases pin a reply, {len(places)} can be rewritten: use ''' or \"?\"")
    for case, place in reversed(list(zip(found, places, strict=True))):
        reply = ask(desk, case, case.wordings[0]).text
        if reply != case.expect["reply"].strip("\n"):
            sys.stdout.write(f"{case.name}:\n{reply}\n\n")
        text = f"{text[: place.start()]}reply = '''\n{reply}\n'''{text[place.end() :]}"
    path_of(language).write_text(text, "utf-8")


if __name__ == "__main__":
    main()
