"""Python modules an image lacks: a database driver, a package nobody declared, code that lies outside the image."""

from __future__ import annotations

import re

from wizard.diagnosis.code import Code
from wizard.diagnosis.distributions import DRIVERS, distribution_of
from wizard.diagnosis.evidence import Diagnosis, Evidence, Hit
from wizard.diagnosis.recogniser import Recogniser, by_line
from wizard.text import Quote

_MISSING = re.compile(r"ModuleNotFoundError: No module named '?(?P<module>[\w.]+)'?")
_ASGI_MODULE = re.compile(r'Error loading ASGI app\. Could not import module "(?P<target>[\w.:]+)"')
_ASGI_NAME = re.compile(
    r'Error loading ASGI app\. Attribute "(?P<name>\w+)" not found in module "(?P<module>[\w.]+)"'
    r"|Failed to find attribute '(?P<name2>\w+)' in '(?P<module2>[\w.]+)'"
)
_NAME = re.compile(
    r"ImportError: cannot import name '(?P<name>\w+)' from (?:partially initialized module )?'(?P<module>[\w.]+)'"
)


def _driver(evidence: Evidence) -> Diagnosis | None:
    """The code or its URL asks for a DBAPI that no requirement brings."""
    hit = evidence.find(_MISSING)
    driver = DRIVERS.get(hit["module"].partition(".")[0]) if hit else None
    if hit is None or driver is None:
        return None
    code, lines = evidence.code, _lines(evidence, hit)
    told = {"module": hit["module"], "requirement": driver.requirement, "file": code.dependency_file}
    if declared := code.declares(driver.distribution, *driver.same):
        return evidence.explain("diagnosis.driver-not-installed", lines, **told, declared=declared)
    other = next((one for one in DRIVERS.values() if one is not driver and code.declares(one.distribution)), None)
    if other and other.scheme:
        more = ("diagnosis.driver-missing.scheme",)
        return evidence.explain("diagnosis.driver-missing", lines, *more, **told, scheme=other.scheme)
    return evidence.explain("diagnosis.driver-missing", lines, **told)


def _own_module(evidence: Evidence) -> Diagnosis | None:
    """The module is the repository's own, and the image does not hold it where Python looks."""
    hit = evidence.find(_MISSING)
    home = evidence.code.home(hit["module"]) if hit and not _declared(evidence.code, hit["module"]) else ""
    if hit is None or not home:
        return None
    importer = _importer(evidence, hit["module"])
    told = {"module": hit["module"], "folder": home, "where": importer.place if importer else evidence.code.source}
    lines = _lines(evidence, hit)
    if not evidence.code.reaches_image(home):
        more = ("diagnosis.import-outside.root",)
        return evidence.explain("diagnosis.import-outside", (importer, *lines), *more, **told)
    return evidence.explain("diagnosis.import-not-found", (importer, *lines), **told)


def _third_party(evidence: Evidence) -> Diagnosis | None:
    """No requirement brings the package."""
    hit = evidence.find(_MISSING)
    if hit is None:
        return None
    module, code = hit["module"], evidence.code
    importer = _importer(evidence, module)
    distribution = distribution_of(module)
    told = {"module": module, "requirement": distribution, "file": code.dependency_file}
    told["where"] = importer.place if importer else code.source
    lines = (importer, *_lines(evidence, hit))
    if code.declares(distribution):
        return evidence.explain("diagnosis.module-not-installed", lines, **told)
    return evidence.explain("diagnosis.module-missing", lines, **told)


def _asgi_target(evidence: Evidence) -> Diagnosis | None:
    """The server is told to load something that is not there."""
    hit = evidence.find(_ASGI_MODULE) or evidence.find(_ASGI_NAME)
    if hit is None:
        return None
    app = next(iter(evidence.code.apps), None)
    wanted = hit["target"] or f"{hit['module']}:{hit['name']}"
    told = {"wanted": wanted, "found": app.target if app else "-", "where": str(app.location) if app else "-"}
    if app is None:
        return evidence.explain("diagnosis.asgi-absent", (hit.line, _command(evidence)), **told)
    return evidence.explain("diagnosis.asgi-target", (hit.line, _command(evidence)), **told)


def _import_name(evidence: Evidence) -> Diagnosis | None:
    """A name is not in its module: an older or newer release is installed, or two modules import each other."""
    hit = evidence.find(_NAME)
    if hit is None:
        return None
    told = {"name": hit["name"], "module": hit["module"]}
    lines = _lines(evidence, hit)
    if "circular import" in hit.line.text or "partially initialized" in hit.line.text:
        return evidence.explain("diagnosis.import-circle", lines, **told)
    if hit["module"] == "typing":
        return evidence.explain("diagnosis.python-too-old", lines, what=f"typing.{hit['name']}", base=_base(evidence))
    return evidence.explain("diagnosis.import-name", lines, **told, file=evidence.code.dependency_file)


def _base(evidence: Evidence) -> str:
    return evidence.code.image.base if evidence.code.image else "Python"


def _command(evidence: Evidence) -> Quote | None:
    image = evidence.code.image
    return evidence.code.quote(image.path, image.command_line) if image and image.command else None


def _declared(code: Code, module: str) -> bool:
    return bool(code.declares(distribution_of(module)))


def _importer(evidence: Evidence, module: str) -> Quote | None:
    """Return the operator's line that asks for the module: that of the traceback, else the first that imports it."""
    trace = evidence.traceback
    for frame in reversed(trace.frames if trace else ()):
        if path := evidence.code.path_of(frame.path):
            return evidence.code.quote(path, frame.number)
    return evidence.code.importer(module)


def _lines(evidence: Evidence, hit: Hit) -> tuple[Quote, ...]:
    """Return the call in the operator's own code and the error."""
    trace = evidence.traceback
    frames = trace.frames if trace and trace.error == hit.line else ()
    own = [frame for frame in frames if evidence.code.path_of(frame.path)][-1:]
    told = [line for frame in own for line in (frame.quote, frame.code) if line]
    return (*told, hit.line)


DRIVER = Recogniser("driver-missing", _driver)
OWN_MODULE = Recogniser("own-module", _own_module)
THIRD_PARTY = Recogniser("module-missing", _third_party)
ASGI_TARGET = Recogniser("asgi-target", _asgi_target)
IMPORT_NAME = Recogniser("import-name", _import_name)
DRIVER_LIBRARY = by_line("diagnosis.driver-library", r"ImportError: no pq wrapper available", after=6)
FORM_DATA = by_line("diagnosis.form-data", r'Form data requires "python-multipart" to be installed')
EMAIL_VALIDATOR = by_line("diagnosis.email-validator", r"email-validator is not installed")
NATIVE_LIBRARY = by_line(
    "diagnosis.native-library",
    r"(?P<library>lib[\w.+-]+\.so[\w.]*): cannot open shared object file: No such file or directory",
    before=2,
)
