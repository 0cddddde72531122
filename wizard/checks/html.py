"""What a page names: its title, scripts, style sheets and links."""

from __future__ import annotations

from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin

_ASSET_RELATIONS = frozenset({"stylesheet", "preload", "modulepreload"})


@dataclass(frozen=True, slots=True)
class Page:
    """A document read; URLs are absolute."""

    title: str
    assets: tuple[str, ...]
    links: tuple[str, ...]


class _Reader(HTMLParser):
    def __init__(self, base: str) -> None:
        super().__init__(convert_charrefs=True)
        self.base, self.title, self._in_title = base, "", False
        self.assets: dict[str, None] = {}
        self.links: dict[str, None] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        relations = set((given.get("rel") or "").lower().split())
        self._in_title = tag == "title" and not self.title
        if tag == "script" and given.get("src"):
            self._add(self.assets, given["src"])
        elif tag == "link" and relations & _ASSET_RELATIONS:
            self._add(self.assets, given.get("href"))
        elif tag == "a":
            self._add(self.links, given.get("href"))

    def handle_endtag(self, tag: str) -> None:
        self._in_title = self._in_title and tag != "title"

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title += data.strip()

    def _add(self, target: dict[str, None], reference: str | None) -> None:
        url = urldefrag(urljoin(self.base, reference or ""))[0] if reference else ""
        if url.startswith(("http://", "https://")):
            target.setdefault(url)


def read_page(text: str, url: str) -> Page:
    """Read an HTML document that came from this URL; broken markup yields what can be read."""
    reader = _Reader(url)
    reader.feed(text)
    return Page(reader.title, tuple(reader.assets), tuple(reader.links))
