"""Node.js builds: packages nobody declared, lock files that lag, types, fonts, pages that fail while they are built."""

from __future__ import annotations

import re

from wizard.diagnosis.evidence import Diagnosis, Evidence, Hit
from wizard.diagnosis.recogniser import Recogniser, by_line
from wizard.source.tree import join
from wizard.text import Quote

_UNRESOLVED = re.compile(
    r"Module not found: (?:Error: )?Can't resolve '(?P<module>[^']+)'"
    r"|Error: Cannot find module '(?P<module2>[^']+)'"
    r"|Cannot find package '(?P<module3>[^']+)' imported from"
    r"|Rollup failed to resolve import \"(?P<module4>[^\"]+)\""
)
_PLACE = re.compile(
    r"(?P<path>\.{0,2}/?[\w@()\[\]./-]+\.(?:tsx?|jsx?|mjs|cjs|css|scss|mts))(?::(?P<line>\d+))?(?::\d+)?"
)
_TYPE = re.compile(r"(?:Type error: |error TS\d+: )(?P<text>.+)")
_PRERENDER = re.compile(r"Error occurred prerendering page \"(?P<page>[^\"]+)\"")
_SCRIPTS = (".ts", ".tsx", ".js", ".jsx", ".mjs", ".cjs", ".css", ".mts")
_MANAGERS = {"npm": "npm install", "pnpm": "pnpm add", "yarn": "yarn add", "bun": "bun add"}


def _module(evidence: Evidence) -> Diagnosis | None:
    """The bundler or Node.js does not find what a file imports: a package, or a file of the repository."""
    hit = evidence.find(_UNRESOLVED)
    if hit is None:
        return None
    module = hit["module"]
    importer = _importer(evidence, hit, module)
    told = {"module": module, "where": importer.place if importer else _near(evidence, hit)}
    lines = (importer, *evidence.around(hit, before=1))
    if _is_file(evidence, module):
        return evidence.explain("diagnosis.file-unresolved", lines, **told)
    package = _package(module)
    manager = next(iter(evidence.code.package.locks), "npm") if evidence.code.package else "npm"
    told |= {"package": package, "add": f"{_MANAGERS.get(manager, 'npm install')} {package}"}
    if package in _declared(evidence):
        return evidence.explain("diagnosis.package-not-installed", lines, **told)
    return evidence.explain("diagnosis.package-missing", lines, **told, file=join(evidence.code.source, "package.json"))


def _is_file(evidence: Evidence, module: str) -> bool:
    """A path or an alias of one: `@/lib/x`, `~/lib/x`, or a folder of the service."""
    return module.startswith((".", "/", "@/", "~/", "#")) or evidence.code.tree.is_directory(
        join(evidence.code.source, module.partition("/")[0])
    )


def _package(module: str) -> str:
    parts = module.split("/")
    return "/".join(parts[:2]) if module.startswith("@") else parts[0]


def _declared(evidence: Evidence) -> set[str]:
    package = evidence.code.package
    return {*package.dependencies, *package.dev_dependencies} if package else set()


def _importer(evidence: Evidence, hit: Hit, module: str) -> Quote | None:
    pattern = re.compile(rf"""(?:from|import|require\(|@import)\s*\(?["']{re.escape(module)}["']""")
    named = _named_file(evidence, hit)
    found = evidence.code.search_file(named, pattern) if named else None
    return found or evidence.code.search(pattern, *_SCRIPTS)


def _named_file(evidence: Evidence, hit: Hit) -> str:
    near = evidence.lines[max(0, hit.index - 2) : hit.index + 3]
    paths = (match["path"] for line in near if (match := _PLACE.search(line.text)))
    return next((own for path in paths if (own := evidence.code.path_of(path.removeprefix("./")))), "")


def _near(evidence: Evidence, hit: Hit) -> str:
    return _named_file(evidence, hit) or evidence.code.source


def _type_error(evidence: Evidence) -> Diagnosis | None:
    hit = evidence.find(_TYPE)
    if hit is None:
        return None
    near = [*evidence.lines[max(0, hit.index - 3) : hit.index + 1]]
    places = [match for line in near if (match := _PLACE.search(line.text))]
    where = f"{places[-1]['path'].removeprefix('./')}:{places[-1]['line'] or '?'}" if places else "-"
    return evidence.explain("diagnosis.types", evidence.around(hit, before=2, after=4), where=where, text=hit["text"])


def _prerender(evidence: Evidence) -> Diagnosis | None:
    hit = evidence.find(_PRERENDER)
    if hit is None:
        return None
    return evidence.explain("diagnosis.prerender", evidence.around(hit, before=1, after=3), page=hit["page"])


MODULE = Recogniser("package-missing", _module)
TYPES = Recogniser("types", _type_error)
PRERENDER = Recogniser("prerender", _prerender)
LOCK = by_line(
    "diagnosis.lock-behind",
    r"can only install packages when your package\.json and package-lock\.json"
    r"|ERR_PNPM_OUTDATED_LOCKFILE|Your lockfile needs to be updated|lockfile had changes, but lockfile is frozen",
    after=5,
)
NO_LOCK = by_line("diagnosis.lock-missing", r"`?npm ci`? command can only install with an existing package-lock\.json")
UNKNOWN_PACKAGE = by_line(
    "diagnosis.package-unknown",
    r"(?:npm (?:ERR!|error)) 404\s+'?(?P<package>@?[\w./-]+)@[^']*'? is not in (?:this|the npm) registry"
    r"|No matching version found for (?P<package2>\S+?)\.?$",
)
PEERS = by_line("diagnosis.package-peers", r"ERESOLVE (?:unable to resolve dependency tree|could not resolve)", after=6)
SCRIPT = by_line("diagnosis.script-missing", r"Missing script: \"?(?P<script>[\w:-]+)\"?")
NODE_VERSION = by_line(
    "diagnosis.node-version",
    r"You are using Node\.js (?P<have>[\d.]+)\. For Next\.js, Node\.js version \"?(?P<want>[^\"]+?)\"? is required",
)
GOOGLE_FONT = by_line(
    "diagnosis.font", r"Failed to fetch (?:font )?[`'](?P<font>[^`']+)[`'](?: from Google Fonts)?", before=1, after=2
)
SUSPENSE = by_line(
    "diagnosis.suspense", r"(?P<hook>\w+)\(\) should be wrapped in a suspense boundary at page \"(?P<page>[^\"]+)\""
)
NOT_BUILT = by_line("diagnosis.not-built", r"Could not find a production build in the '(?P<folder>[^']+)' directory")
OUTDATED_SWC = by_line("diagnosis.swc", r"Failed to load SWC binary for (?P<platform>\S+?),?(?: |$)")
