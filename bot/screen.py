"""The local chat as a terminal shows it: Telegram's HTML in colours with links, buttons as numbers."""

from __future__ import annotations

from html.parser import HTMLParser
from itertools import groupby

from rich.console import Console
from rich.style import Style
from rich.text import Text

from bot.local import Button, Shown

_STYLES = {"b": Style(bold=True), "i": Style(italic=True), "pre": Style(color="cyan")}


class Output(Console):
    """Standard output; a reader who has enough and closes it ends the process without complaint."""

    def on_broken_pipe(self) -> None:
        """End, with success."""
        try:
            super().on_broken_pipe()
        except SystemExit:
            raise SystemExit(0) from None


class Terminal:
    """Prints what the chat shows. Without a terminal (a pipe, a file) it prints the same as plain text."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self.buttons: tuple[Button, ...] = ()
        """The buttons that can be pressed: those shown last."""

    def message(self, shown: Shown) -> None:
        """Print a message with its buttons; an edited one is printed again."""
        if shown.edited:
            self._print(Text("(edited)", style="dim"))
        if shown.picture:
            what = "picture" if shown.picture.suffix == ".png" else "file"
            self._print(Text(f"[{what}: {shown.picture}]", style="green"), whole=True)
        self._print(from_html(shown.text, addresses=not self._console.is_terminal) if shown.html else Text(shown.text))
        if shown.buttons:
            self.buttons = shown.buttons
            numbered = enumerate(shown.buttons, 1)
            for _, row in groupby(numbered, lambda one: one[1].row):
                self._print(Text("".join(f"  #{number} {button.label}" for number, button in row), style="blue"))
        self._print(Text())

    def notice(self, text: str) -> None:
        """Print a button's notice."""
        self._print(Text(f"({text})", style="yellow"))

    def typing(self) -> None:
        """Show that it takes a while, to whoever waits at a terminal."""
        if self._console.is_terminal:
            self._print(Text("...", style="dim"))

    def _print(self, text: Text, *, whole: bool = False) -> None:
        """Print a text, its lines broken where a terminal ends unless they are to be copied `whole`."""
        self._console.print(text, soft_wrap=whole or not self._console.is_terminal)


def from_html(source: str, *, addresses: bool = False) -> Text:
    """Telegram's HTML as styled text; with `addresses`, those of links stand behind them."""
    reader = _Reader(addresses=addresses)
    reader.feed(source)
    reader.close()
    return reader.text


class _Reader(HTMLParser):
    def __init__(self, *, addresses: bool) -> None:
        super().__init__()
        self.text = Text()
        self._addresses = addresses
        self._open: list[tuple[Style, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        link = dict(attrs).get("href") or ""
        self._open.append((Style(link=link, underline=True) if link else _STYLES.get(tag, Style()), link))

    def handle_endtag(self, tag: str) -> None:
        del tag
        _, link = self._open.pop()
        # A receipt's address leads to Telegram's bot; here its id is what is typed.
        if link and self._addresses and not self.text.plain.endswith((link, link.partition("?start=")[2] or link)):
            self.text.append(f" ({link})")

    def handle_data(self, data: str) -> None:
        self.text.append(data, Style.combine([Style(), *(style for style, _ in self._open)]))
