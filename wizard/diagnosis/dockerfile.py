"""Images that do not build: a COPY of what the context lacks, a base nobody has, a Dockerfile that is none."""

from __future__ import annotations

import re
from posixpath import normpath

from wizard.diagnosis.evidence import BUILD, Diagnosis, Evidence, Hit
from wizard.diagnosis.recogniser import Recogniser, by_line
from wizard.source.dockerfile import ContextIgnore
from wizard.source.image import ContextCopy
from wizard.source.tree import join
from wizard.text import Quote

_NOT_FOUND = re.compile(
    r'(?:failed to compute cache key|failed to calculate checksum of ref)[^"]*"(?P<path>[^"]+)"[: ]*not found'
    r"|COPY failed: (?:file not found in build context or excluded by \.dockerignore: )?"
    r"(?:stat|forbidden path outside the build context:) ?(?P<path2>[^\s:]+)"
)
_SYNTAX = re.compile(r"[Dd]ockerfile parse error(?: on|:)? [Ll]ine (?P<line>\d+): (?P<text>.+)")


def _copy(evidence: Evidence) -> Diagnosis | None:
    """A COPY names what the context lacks: it lies outside, or is ignored, or nowhere."""
    hit = evidence.find(_NOT_FOUND, BUILD) or evidence.find(_NOT_FOUND)
    if hit is None:
        return None
    path = hit["path"].strip("/")
    copy = _instruction(evidence, path)
    line = evidence.code.quote(evidence.code.dockerfile, copy.line) if copy else None
    told = {"path": copy.source if copy else path, "dockerfile": line.place if line else evidence.code.dockerfile}
    lines = (_shorter(evidence, hit), line)
    if pattern := _ignored(evidence, path):
        return evidence.explain("diagnosis.copy-ignored", (*lines, pattern), **told, where=pattern.place)
    elsewhere = _elsewhere(evidence, path, copy)
    if elsewhere:
        more = ("diagnosis.copy-outside.move",)
        return evidence.explain("diagnosis.copy-outside", lines, *more, **told, found=elsewhere)
    return evidence.explain("diagnosis.copy-absent", lines, **told)


def _shorter(evidence: Evidence, hit: Hit) -> Quote:
    """Builders repeat themselves: take the first line that tells it."""
    return next((one.line for one in evidence.all(_NOT_FOUND, BUILD) if one["path"] == hit["path"]), hit.line)


def _instruction(evidence: Evidence, path: str) -> ContextCopy | None:
    copies = evidence.code.image.copies if evidence.code.image else ()
    return next((one for one in copies if normpath(f"/{one.source}").strip("/") == path), None)


def _ignored(evidence: Evidence, path: str) -> Quote | None:
    """Return the line of .dockerignore that hides a path which is there."""
    whole = join(evidence.code.root, path)
    if whole not in evidence.code.tree and not evidence.code.tree.is_directory(whole):
        return None
    file = join(evidence.code.root, ".dockerignore")
    text = evidence.code.tree.text(file) if file in evidence.code.tree else ""
    for number, pattern in enumerate(text.split("\n") if isinstance(text, str) else (), start=1):
        if pattern.strip() and (ContextIgnore(pattern).ignores(path) or ContextIgnore(pattern).ignores(f"{path}/x")):
            return Quote(file, number, pattern)
    return None


def _elsewhere(evidence: Evidence, path: str, copy: ContextCopy | None) -> str:
    """Return where the repository has it outside the context: at the written path, else under the same name above."""
    tree, root = evidence.code.tree, evidence.code.root
    written = join(root, copy.source) if copy and copy.source.startswith("..") else ""
    above = [join(folder, path) for folder in _parents(root)]
    candidates = [written, *above]
    return next((one for one in candidates if one and (one in tree or tree.is_directory(one))), "")


def _parents(folder: str) -> list[str]:
    parts = [] if folder == "." else folder.split("/")
    return ["/".join(parts[:length]) or "." for length in range(len(parts) - 1, -1, -1)]


def _syntax(evidence: Evidence) -> Diagnosis | None:
    """The builder cannot read a line of the Dockerfile."""
    hit = evidence.find(_SYNTAX)
    if hit is None:
        return None
    line = evidence.code.quote(evidence.code.dockerfile, int(hit["line"]))
    return evidence.explain("diagnosis.dockerfile-syntax", (hit.line, line), **hit.values)


COPY = Recogniser("copy", _copy)
NO_DOCKERFILE = by_line(
    "diagnosis.dockerfile-missing",
    r"Dockerfile [`'\"]?(?P<path>[\w./-]+)[`'\"]? does not exist"
    r"|failed to read dockerfile: open (?P<path2>[\w./-]+): no such file",
)
DOCKERFILE_SYNTAX = Recogniser("dockerfile-syntax", _syntax)
BASE_IMAGE = by_line(
    "diagnosis.base-image",
    r"(?:failed to resolve source metadata for |pull access denied for |manifest for )"
    r"(?P<image>[\w./:@-]+?)(?:: |, | not found|$)",
)
