"""Logs of health checks, servers and processes."""

# ruff: noqa: E501 - log lines are as long as their programs write them

from __future__ import annotations

from tests.diagnosis.cases import Case

HEALTH = """====================
Starting Healthcheck
====================
Path: /healthz
Retry window: 30s
Attempt #1 failed with {answer}. Continuing to retry for 29s
Attempt #2 failed with {answer}. Continuing to retry for 1s

1/1 replicas never became healthy!
Healthcheck failed!"""
AWAY = HEALTH.format(answer="service unavailable")
UVICORN = """INFO:     Started server process [7]
INFO:     Application startup complete.
INFO:     Uvicorn running on http://{address} (Press CTRL+C to quit)"""
ACCESS = 'INFO:     100.64.0.2:40022 - "GET /healthz HTTP/1.1" {status}'
LOCAL = "FROM python:3.11-slim\nCMD uvicorn app.main:app --host 127.0.0.1 --port ${PORT:-8000}\n"
NO_HOST = 'FROM python:3.11-slim\nCMD ["uvicorn", "app.main:app"]\n'
NO_ROUTES = "from fastapi import FastAPI\n\napp = FastAPI()\n\n\n@app.get('/items')\ndef items():\n    return []\n"
SLASH = "from fastapi import FastAPI\n\napp = FastAPI()\n\n\n@app.get('/healthz/')\ndef health():\n    return []\n"
GUNICORN = "[2026-11-23 02:00:00 +0000] [1] [INFO] Listening at: http://0.0.0.0:8123 (1)"
CODE_PORT = 'import uvicorn\n\nuvicorn.run("app.main:app", host="0.0.0.0", port=5000)\n'
PLAIN = "FROM python:3.11-slim\nCMD python run.py\n"

CASES = [
    Case(
        recogniser="port",
        cause="port",
        step="HEALTHCHECK",
        build=AWAY,
        deploy=UVICORN.format(address="0.0.0.0:9000"),
        says=("port 9000", "api/Dockerfile:7", "asked at 8000", "--port ${PORT:-8000}"),
        shows="--host 0.0.0.0 --port 9000",
    ),
    Case(
        recogniser="port",
        cause="port",
        step="HEALTHCHECK",
        build=AWAY,
        deploy=UVICORN.format(address="0.0.0.0:5000"),
        files={"api/Dockerfile": PLAIN, "api/run.py": CODE_PORT},
        says=("port 5000", "api/run.py:3"),
        shows="port=5000",
    ),
    Case(
        recogniser="port",
        cause="port-elsewhere",
        step="HEALTHCHECK",
        build=AWAY,
        deploy="> node server.js\nServer listening on port 4321",
        says=("port 4321", "`port = 4321`"),
        shows="listening on port 4321",
    ),
    Case(
        recogniser="port",
        cause="port-elsewhere",
        step="HEALTHCHECK",
        build=AWAY,
        deploy=GUNICORN,
        says=("port 8123",),
        shows="Listening at",
    ),
    Case(
        recogniser="port",
        cause="loopback",
        step="HEALTHCHECK",
        build=AWAY,
        deploy=UVICORN.format(address="127.0.0.1:8000"),
        files={"api/Dockerfile": LOCAL},
        says=("127.0.0.1:8000", "api/Dockerfile:2", "--host 0.0.0.0"),
        shows="--host 127.0.0.1",
    ),
    Case(
        recogniser="port",
        cause="loopback",
        step="HEALTHCHECK",
        build=AWAY,
        deploy=UVICORN.format(address="127.0.0.1:8000"),
        files={"api/Dockerfile": NO_HOST},
        says=("api/Dockerfile:2",),
        shows='CMD ["uvicorn", "app.main:app"]',
    ),
    Case(
        recogniser="health-path",
        cause="health-path",
        step="HEALTHCHECK",
        build=HEALTH.format(answer="status 404"),
        deploy=ACCESS.format(status="404 Not Found"),
        says=("/healthz", "is /health (api/app/main.py:", 'path = "/health"'),
        shows="GET /healthz",
    ),
    Case(
        recogniser="health-path",
        cause="health-absent",
        step="HEALTHCHECK",
        build=HEALTH.format(answer="status 404"),
        files={"api/app/main.py": NO_ROUTES},
        says=("serves: /items",),
        shows='health = { path = "/healthz"',
    ),
    Case(
        recogniser="health-redirect",
        cause="health-redirect",
        step="HEALTHCHECK",
        build=HEALTH.format(answer="status 307"),
        deploy=ACCESS.format(status="307 Temporary Redirect"),
        says=("307", "slash"),
        shows="307 Temporary",
    ),
    Case(
        recogniser="health-redirect",
        cause="health-slash",
        step="HEALTHCHECK",
        build=HEALTH.format(answer="status 307"),
        deploy=ACCESS.format(status="307 Temporary Redirect"),
        files={"api/app/main.py": SLASH},
        says=("a redirect to /healthz/ (api/app/main.py:", 'path = "/healthz/"'),
        shows="307 Temporary",
    ),
    Case(
        recogniser="health-guarded",
        cause="health-guarded",
        step="HEALTHCHECK",
        build=HEALTH.format(answer="status 401"),
        says=("wants a login (401)",),
        shows="status 401",
    ),
    Case(
        recogniser="health-host",
        cause="health-host",
        step="HEALTHCHECK",
        build=HEALTH.format(answer="status 400"),
        deploy=ACCESS.format(status="400 Bad Request"),
        files={"api/app/hosts.py": "app.add_middleware(TrustedHostMiddleware, allowed_hosts=['shop.kr'])\n"},
        says=("turns away the host name",),
        shows="TrustedHostMiddleware",
    ),
    Case(
        recogniser="health-unwell",
        cause="health-unwell",
        step="HEALTHCHECK",
        build=HEALTH.format(answer="status 503"),
        deploy=ACCESS.format(status="503 Service Unavailable"),
        says=("/healthz answers 503", "railwizard checklist"),
        shows="503 Service Unavailable",
    ),
    Case(
        recogniser="health-silent",
        cause="health-silent",
        step="HEALTHCHECK",
        build=AWAY,
        deploy="Loading model weights...",
        says=("30 seconds", "`timeout`"),
        shows="Loading model",
    ),
    Case(
        recogniser="health-silent",
        cause="ended",
        step="HEALTHCHECK",
        build=AWAY,
        deploy="done, bye",
        reason="Healthcheck failed: the process ended with code 0",
        says=("ended before it served",),
        shows="done, bye",
    ),
    Case(
        recogniser="health-silent",
        cause="ended",
        step="HEALTHCHECK",
        build=AWAY,
        deploy="0002 (head)\nStarting Container\nlicence expired\nContainer exited with code 3",
        reason="Healthcheck failed",
        says=("Container exited with code 3",),
        shows="licence expired",
    ),
    Case(
        recogniser="port-word",
        cause="port-word",
        deploy="Usage: uvicorn [OPTIONS] APP\nTry 'uvicorn --help' for help.\n\n"
        "Error: Invalid value for '--port': '$PORT' is not a valid integer.",
        says=("api/Dockerfile:7", "sh -c"),
        shows="'$PORT' is not a valid integer",
    ),
    Case(
        recogniser="port-taken",
        cause="port-taken",
        deploy="ERROR:    [Errno 98] error while attempting to bind on address ('0.0.0.0', 8000): address already in use",
        says=("Port 8000",),
        shows="address already in use",
    ),
    Case(
        recogniser="command-missing",
        cause="command-missing",
        deploy="/bin/sh: 1: uvicorn: not found",
        says=("`uvicorn`", "api/requirements.txt"),
        shows="uvicorn: not found",
    ),
    Case(
        recogniser="command-missing",
        cause="command-missing",
        deploy="Container failed to start\nThe executable `gunicorn` could not be found.",
        says=("`gunicorn`",),
        shows="could not be found",
    ),
    Case(
        recogniser="command-missing",
        cause="command-missing",
        deploy='exec: "uv": executable file not found in $PATH: unknown',
        says=("`uv`",),
        shows="executable file not found",
    ),
    Case(
        recogniser="command-missing",
        cause="command-missing",
        deploy="./run.sh: line 9: exec: uv: not found",
        says=("`uv`",),
        shows="exec: uv",
    ),
    Case(
        recogniser="exec-format",
        cause="exec-format",
        deploy="exec /app/server: exec format error",
        says=("linux/amd64",),
        shows="exec format",
    ),
    Case(
        recogniser="not-executable",
        cause="not-executable",
        deploy="/bin/sh: 1: ./start.sh: Permission denied",
        says=("./start.sh", "chmod=+x"),
        shows="Permission denied",
    ),
    Case(
        recogniser="memory",
        cause="memory",
        deploy="Loading checkpoint shards\nKilled",
        says=("code 137", "`memory`"),
        shows="Killed",
    ),
    Case(
        recogniser="memory",
        cause="memory",
        deploy="Loading checkpoint shards",
        reason="container exited with code 137",
        shows="Loading checkpoint",
    ),
    Case(
        recogniser="memory",
        cause="memory",
        build="FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory",
        says=("NODE_OPTIONS",),
        shows="heap out of memory",
    ),
    Case(
        recogniser="disk-full",
        cause="disk-full",
        build="OSError: [Errno 28] No space left on device",
        says=("free space",),
        shows="No space left",
    ),
    Case(
        recogniser="not-writable",
        cause="not-writable",
        deploy="PermissionError: [Errno 13] Permission denied: '/app/uploads'",
        says=("/app/uploads", "--chown"),
        shows="/app/uploads",
    ),
    Case(
        recogniser="file-missing",
        cause="file-missing",
        deploy="FileNotFoundError: [Errno 2] No such file or directory: 'models/best.pt'",
        says=("models/best.pt",),
        shows="best.pt",
    ),
    Case(
        recogniser="file-missing",
        cause="file-missing",
        deploy="python: can't open file '/app/scripts/seed.py': [Errno 2] No such file or directory",
        says=("/app/scripts/seed.py",),
        shows="seed.py",
    ),
    Case(
        recogniser="pre-deploy-failed",
        cause="pre-deploy-failed",
        step="PRE_DEPLOY_COMMAND",
        deploy="Checking the schema\nfatal: the schema is odd",
        reason="pre-deploy command failed with exit code 3",
        says=("`alembic upgrade head`", "code 3"),
        shows="the schema is odd",
    ),
]
