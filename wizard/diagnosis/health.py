"""Health checks that never pass though the process runs: another port, this machine alone, a path that is not there."""

from __future__ import annotations

import re

from wizard.diagnosis.code import PLAN_FILE
from wizard.diagnosis.evidence import BUILD, DEPLOY, Diagnosis, Evidence, Hit
from wizard.diagnosis.recogniser import Recogniser
from wizard.source.routes import Route
from wizard.text import Quote

_ATTEMPT = re.compile(
    r"Attempt #\d+ failed with (?:status (?P<status>\d{3})|(?P<away>service unavailable|timeout|.*timed out))"
)
_VERDICT = re.compile(r"never became healthy|Healthcheck failed")
_LISTENS = re.compile(
    r"(?i)(?:running on|listening (?:at|on)|started(?: server)? on|ready on|available (?:at|on)|local:)[^\n]{0,40}?"
    r"https?://(?P<host>\[[^\]]+\]|[^\s:/]+):(?P<port>\d{2,5})"
)
_LISTENS_PORT = re.compile(
    r"(?i)(?:listening|running|started|ready)\b[^\n]{0,40}?(?:port[ :=]*|\s:)(?P<port>\d{2,5})\b"
)
_START = re.compile(r"^Starting Container")
_EXITED = re.compile(r"(?:ended|exited) with (?:code|status)|exit(?:ed)? (?:code|status):? \d+")
_LOOPBACKS = ("127.0.0.1", "localhost", "[::1]", "::1")
_LOCAL_COMMAND = re.compile(
    r"""(?:--host[= ]|--bind[= ]|-b |-H |host\s*=\s*|hostname[= :]+)["']?(?:127\.0\.0\.1|localhost|::1)"""
)
_NOT_FOUND, _BAD_REQUEST, _METHOD, _TOO_MANY = 404, 400, 405, 429
_GUARDED = (401, 403)
_REDIRECTS = range(300, 400)
_ERRORS = 500


def _path(evidence: Evidence) -> Diagnosis | None:
    """The path is not served: name those that are."""
    hit = _answered(evidence, _NOT_FOUND, _METHOD)
    health = evidence.spec.health
    if hit is None or health is None:
        return None
    candidates = _candidates(evidence)
    told = {"path": health.path, "status": hit["status"]}
    lines = (hit.line, _asked(evidence, health.path), _in_plan(evidence))
    if candidates:
        best = candidates[0]
        source = evidence.code.quote(best.location.path, best.location.line)
        return evidence.explain(
            "diagnosis.health-path", (*lines, source), **told, right=best.path, where=str(best.location)
        )
    return evidence.explain("diagnosis.health-absent", lines, **told, served=_served(evidence))


def _candidates(evidence: Evidence) -> tuple[Route, ...]:
    return evidence.code.apps[0].health_candidates() if evidence.code.apps else ()


def _served(evidence: Evidence) -> str:
    routes = evidence.code.apps[0].routes if evidence.code.apps else ()
    plain = [route.path for route in routes if _answers_anybody(route)]
    return ", ".join(plain[:6]) or "-"


def _answers_anybody(route: Route) -> bool:
    return route.method == "GET" and "{" not in route.path and not route.required_query and not route.dependencies


def _redirect(evidence: Evidence) -> Diagnosis | None:
    """Only 200 counts: a redirect, be it to the same path with a slash, does not."""
    hit = _answered(evidence, *_REDIRECTS)
    if hit is None:
        return None
    told, lines = _told(evidence, hit), (hit.line, _asked(evidence), _in_plan(evidence))
    right = next((route for route in _candidates(evidence) if route.path.strip("/") == told["path"].strip("/")), None)
    if right is None or right.path == told["path"]:
        return evidence.explain("diagnosis.health-redirect", lines, **told)
    source = evidence.code.quote(right.location.path, right.location.line)
    told |= {"right": right.path, "where": str(right.location)}
    return evidence.explain("diagnosis.health-slash", (*lines, source), **told)


def _guarded(evidence: Evidence) -> Diagnosis | None:
    hit = _answered(evidence, *_GUARDED)
    if hit is None:
        return None
    return evidence.explain(
        "diagnosis.health-guarded", (hit.line, _asked(evidence), _in_plan(evidence)), **_told(evidence, hit)
    )


def _refused_host(evidence: Evidence) -> Diagnosis | None:
    """A server that only knows certain Host headers turns the platform's away."""
    hit = _answered(evidence, _BAD_REQUEST)
    if hit is None:
        return None
    guard = evidence.code.search(re.compile(r"TrustedHostMiddleware|ALLOWED_HOSTS|allowed_hosts"), ".py", ".ts", ".js")
    return evidence.explain("diagnosis.health-host", (hit.line, _asked(evidence), guard), **_told(evidence, hit))


def _unwell(evidence: Evidence) -> Diagnosis | None:
    """It answers, and says itself that it is not well; the service's own log says why, if anything does."""
    statuses = [
        hit for hit in evidence.all(_ATTEMPT) if (hit["status"] or "0").isdigit() and int(hit["status"] or 0) >= _ERRORS
    ]
    if not statuses:
        return None
    trace = evidence.traceback
    lines = (statuses[-1].line, _asked(evidence), trace.error if trace else None)
    return evidence.explain("diagnosis.health-unwell", lines, **_told(evidence, statuses[-1]))


def _port(evidence: Evidence) -> Diagnosis | None:
    """It listens, but elsewhere than it was asked at."""
    listening = _listening(evidence)
    if listening is None or not _unanswered(evidence):
        return None
    host, port = listening.match.groupdict().get("host") or "", listening["port"]
    command = _written_port(evidence, port)
    if host in _LOOPBACKS and port == str(evidence.spec.port) and (local := _written_loopback(evidence)):
        told = {"host": host, "port": port, "where": local.place}
        return evidence.explain("diagnosis.loopback", (listening.line, *_attempts(evidence), local), **told)
    told = {"port": port, "wanted": str(evidence.spec.port or "PORT"), "where": command.place if command else "-"}
    lines = (listening.line, *_attempts(evidence), command)
    return evidence.explain("diagnosis.port" if command else "diagnosis.port-elsewhere", lines, **told)


def _silent(evidence: Evidence) -> Diagnosis | None:
    """It never answered and never said that it listens."""
    attempts = _attempts(evidence)
    if not attempts:
        return None
    said = _since_start(evidence)[-4:]
    seconds = evidence.spec.health.timeout if evidence.spec.health else 0
    if reason := _ended(evidence):
        return evidence.explain("diagnosis.ended", (*attempts, *said), reason=reason)
    return evidence.explain("diagnosis.health-silent", (*attempts, *said), seconds=seconds)


def _since_start(evidence: Evidence) -> tuple[Quote, ...]:
    """Return what the service itself said, without the command that ran before it."""
    start = evidence.find(_START, DEPLOY)
    lines = evidence.lines[start.index :] if start else evidence.lines
    return tuple(line for line in lines if line.source == DEPLOY and line.text.strip())


def _listening(evidence: Evidence) -> Hit | None:
    """Return the last line that says where it listens, unless the process died of something afterwards."""
    hit = evidence.find(_LISTENS, DEPLOY) or evidence.find(_LISTENS_PORT, DEPLOY)
    trace = evidence.traceback
    later = trace is not None and hit is not None and trace.error in evidence.lines[hit.index :]
    return None if later or _ended(evidence) else hit


def _ended(evidence: Evidence) -> str:
    """Return the words that say that the process ended, empty where nobody says so."""
    hit = evidence.find(_EXITED, DEPLOY)
    return evidence.reason if _EXITED.search(evidence.reason) else hit.line.text if hit else ""


def _answered(evidence: Evidence, *statuses: int) -> Hit | None:
    """Return the last attempt if it was answered with one of these."""
    last = evidence.find(_ATTEMPT)
    return last if last and last["status"] and int(last["status"]) in statuses else None


def _unanswered(evidence: Evidence) -> bool:
    attempts = evidence.all(_ATTEMPT)
    return bool(attempts) and not any(hit["status"] for hit in attempts)


def _attempts(evidence: Evidence) -> tuple[Quote, ...]:
    """Return the last attempt and the verdict: one line stands for many."""
    found = [hit.line for hit in evidence.all(_ATTEMPT, BUILD)][-1:]
    verdict = [hit.line for hit in evidence.all(_VERDICT, BUILD)][-1:]
    return (*found, *verdict)


def _asked(evidence: Evidence, path: str = "") -> Quote | None:
    """Return the service's own line about the last request of the check."""
    path = path or (evidence.spec.health.path if evidence.spec.health else "/")
    hit = evidence.find(re.compile(rf'(?:GET|HEAD) {re.escape(path)}[/? "]'), DEPLOY)
    return hit.line if hit else None


def _told(evidence: Evidence, hit: Hit) -> dict[str, str]:
    return {"status": hit["status"], "path": evidence.spec.health.path if evidence.spec.health else "/"}


def _in_plan(evidence: Evidence) -> Quote | None:
    health = evidence.spec.health
    pattern = re.compile(rf"""path\s*=\s*["']{re.escape(health.path)}["']""") if health else None
    return evidence.code.search_file(PLAN_FILE, pattern) if pattern else None


def _written_port(evidence: Evidence, port: str) -> Quote | None:
    """Return where the port stands literally: the plan's command, the Dockerfile's, a Procfile, or the code."""
    literal = re.compile(rf"(?:port|PORT|bind|-p|-b|listen)\b[^\n]*\b{port}\b|:{port}\b", re.IGNORECASE)
    plain = re.compile(rf"\b{port}\b")
    image, start = evidence.code.image, evidence.spec.start_command or ""
    if plain.search(start):
        return evidence.code.search_file(PLAN_FILE, re.compile(rf"start_command.*\b{port}\b"))
    if image and plain.search(image.command):
        return evidence.code.quote(image.path, image.command_line)
    if found := evidence.code.search_file(f"{evidence.code.source}/Procfile", plain):
        return found
    return evidence.code.search(literal, ".py", ".sh", ".js", ".ts", ".mjs", ".cjs", "package.json")


def _written_loopback(evidence: Evidence) -> Quote | None:
    image, start = evidence.code.image, evidence.spec.start_command or ""
    if _LOCAL_COMMAND.search(start):
        return evidence.code.search_file(PLAN_FILE, _LOCAL_COMMAND)
    if image and image.command and (_LOCAL_COMMAND.search(image.command) or _names_no_host(image.command)):
        return evidence.code.quote(image.path, image.command_line)
    return evidence.code.search(_LOCAL_COMMAND, ".py", ".sh", ".js", ".ts", ".mjs", "Procfile", "package.json")


def _names_no_host(command: str) -> bool:
    """Uvicorn listens on this machine alone unless it is told otherwise."""
    return "uvicorn" in command and "--host" not in command


PATH = Recogniser("health-path", _path)
REDIRECT = Recogniser("health-redirect", _redirect)
GUARDED = Recogniser("health-guarded", _guarded)
REFUSED_HOST = Recogniser("health-host", _refused_host)
PORT = Recogniser("port", _port)
UNWELL = Recogniser("health-unwell", _unwell)
SILENT = Recogniser("health-silent", _silent)
