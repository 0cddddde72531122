"""Logs of pip, uv, uvicorn, gunicorn and Python itself."""

# ruff: noqa: E501 - log lines are as long as their programs write them

from __future__ import annotations

from tests.diagnosis.cases import Case

DRIVER = """Traceback (most recent call last):
  File "/usr/local/bin/uvicorn", line 8, in <module>
    sys.exit(main())
             ^^^^^^
  File "/app/app/main.py", line 4, in <module>
    engine = create_engine(URL)
             ^^^^^^^^^^^^^^^^^^
  File "<string>", line 2, in create_engine
  File "/usr/local/lib/python3.11/site-packages/sqlalchemy/dialects/postgresql/{module}.py", line 690, in import_dbapi
    import {module}
ModuleNotFoundError: No module named '{module}'"""
IMPORT = """Traceback (most recent call last):
  File "/usr/local/bin/uvicorn", line 8, in <module>
    sys.exit(main())
  File "/app/app/main.py", line {line}, in <module>
    {code}
ModuleNotFoundError: No module named '{module}'"""
NEWER = """Traceback (most recent call last):
  File "/app/app/main.py", line 7, in <module>
    def find(name: str | None = None): ...
TypeError: unsupported operand type(s) for |: 'type' and 'NoneType'"""
SYNTAX = """  File "/app/app/main.py", line 4
    match command:
          ^
SyntaxError: invalid syntax"""

CASES = [
    Case(
        recogniser="driver-missing",
        cause="driver-missing",
        deploy=DRIVER.format(module="psycopg2"),
        says=("psycopg2", "`psycopg2-binary` to api/requirements.txt", "postgresql+asyncpg://"),
        shows="No module named 'psycopg2'",
    ),
    Case(
        recogniser="driver-missing",
        cause="driver-missing",
        deploy=DRIVER.format(module="psycopg"),
        files={"api/requirements.txt": "fastapi\n"},
        says=("`psycopg[binary]` to api/requirements.txt",),
        shows="engine = create_engine(URL)",
    ),
    Case(
        recogniser="driver-missing",
        cause="driver-not-installed",
        deploy=DRIVER.format(module="asyncpg"),
        says=("names asyncpg", "did not install"),
        shows="No module named 'asyncpg'",
    ),
    Case(
        recogniser="driver-library",
        cause="driver-library",
        deploy="""ImportError: no pq wrapper available.
Attempts made:
- couldn't import psycopg 'c' implementation: No module named 'psycopg_c'
- couldn't import psycopg 'binary' implementation: No module named 'psycopg_binary'
- couldn't import psycopg 'python' implementation: libpq library not found""",
        says=("`psycopg[binary]`",),
        shows="libpq library not found",
    ),
    Case(
        recogniser="own-module",
        cause="import-outside",
        deploy=IMPORT.format(line=4, code="from shared.names import TITLE", module="shared"),
        says=("api/app/main.py:4", "lies in shared", "outside api", "Move shared into api", 'root = "."'),
        shows="from shared.names import TITLE",
    ),
    Case(
        recogniser="own-module",
        cause="import-not-found",
        deploy=IMPORT.format(line=1, code="from tools import x", module="tools"),
        files={"api/tools/__init__.py": "", "api/app/main.py": "from tools import x\n"},
        says=("api/tools", "WORKDIR", ".dockerignore"),
        shows="No module named 'tools'",
    ),
    Case(
        recogniser="module-missing",
        cause="module-missing",
        deploy=IMPORT.format(line=5, code="import yaml", module="yaml"),
        says=("api/app/main.py:5", "`PyYAML` to api/requirements.txt"),
        shows="import yaml",
    ),
    Case(
        recogniser="module-missing",
        cause="module-not-installed",
        deploy=IMPORT.format(line=2, code="from fastapi import FastAPI", module="fastapi"),
        says=("names fastapi",),
        shows="No module named 'fastapi'",
    ),
    Case(
        recogniser="asgi-target",
        cause="asgi-target",
        deploy='ERROR:    Error loading ASGI app. Could not import module "main".',
        says=("asks for main", "app.main:app", "api/app/main.py:7"),
        shows="Could not import module",
    ),
    Case(
        recogniser="asgi-target",
        cause="asgi-target",
        deploy='ERROR:    Error loading ASGI app. Attribute "api" not found in module "app.main".',
        says=("app.main:api", "`app.main:app`"),
        shows='Attribute "api"',
    ),
    Case(
        recogniser="asgi-target",
        cause="asgi-absent",
        deploy="[2026-11-23 02:00:00 +0000] [7] [ERROR] Failed to find attribute 'app' in 'worker'.",
        files={"api/app/main.py": "print()\n"},
        says=("worker:app",),
        shows="Failed to find attribute",
    ),
    Case(
        recogniser="form-data",
        cause="form-data",
        deploy='RuntimeError: Form data requires "python-multipart" to be installed. ',
        says=("python-multipart",),
        shows="Form data requires",
    ),
    Case(
        recogniser="email-validator",
        cause="email-validator",
        deploy="ImportError: email-validator is not installed, run `pip install 'pydantic[email]'`",
        says=("`email-validator`",),
        shows="email-validator is not installed",
    ),
    Case(
        recogniser="native-library",
        cause="native-library",
        deploy="""  File "/usr/local/lib/python3.11/site-packages/cv2/__init__.py", line 153, in bootstrap
    native_module = importlib.import_module("cv2")
ImportError: libGL.so.1: cannot open shared object file: No such file or directory""",
        says=("libGL.so.1", "opencv-python-headless"),
        shows="libGL.so.1",
    ),
    Case(
        recogniser="import-name",
        cause="import-name",
        deploy="ImportError: cannot import name 'url_quote' from 'werkzeug.urls' (/usr/local/lib/python3.11/x.py)",
        says=("werkzeug.urls has no url_quote",),
        shows="url_quote",
    ),
    Case(
        recogniser="import-name",
        cause="import-circle",
        deploy="ImportError: cannot import name 'User' from partially initialized module 'app.models' "
        "(most likely due to a circular import) (/app/app/models.py)",
        says=("User of app.models",),
        shows="partially initialized",
    ),
    Case(
        recogniser="import-name",
        cause="python-too-old",
        deploy="ImportError: cannot import name 'Self' from 'typing' (/usr/local/lib/python3.10/typing.py)",
        says=("typing.Self", "python:3.11-slim"),
        shows="'Self'",
    ),
    Case(
        recogniser="syntax",
        cause="syntax",
        deploy=SYNTAX,
        says=("api/app/main.py:4", "invalid syntax", "python:3.11-slim"),
        shows="match command:",
    ),
    Case(
        recogniser="python-too-old",
        cause="python-too-old",
        deploy=NEWER,
        says=("X | Y", "Raise the version"),
        shows="unsupported operand",
    ),
    Case(
        recogniser="python-too-old",
        cause="python-too-old",
        step="BUILD_IMAGE",
        build="ERROR: Package 'shop' requires a different Python: 3.11.9 not in '>=3.12'",
        says=("shop (>=3.12)",),
        shows="requires a different Python",
    ),
    Case(
        recogniser="requirement-unknown",
        cause="requirement-unknown",
        step="BUILD_IMAGE",
        build="ERROR: Could not find a version that satisfies the requirement not-there==9.9 (from versions: 1.0, 1.1)\n"
        "ERROR: No matching distribution found for not-there==9.9",
        says=("api/requirements.txt:4", "not-there==9.9"),
        shows="from versions: 1.0, 1.1",
    ),
    Case(
        recogniser="requirements-conflict",
        cause="requirements-conflict",
        step="BUILD_IMAGE",
        build="""ERROR: Cannot install fastapi==0.165.0 and starlette==0.20.0 because these package versions have conflicting dependencies.

The conflict is caused by:
    The user requested starlette==0.20.0
    fastapi 0.165.0 depends on starlette<0.60.0 and >=0.50.0""",
        says=("fastapi==0.165.0 and starlette==0.20.0",),
        shows="depends on starlette",
    ),
    Case(
        recogniser="requirements-conflict",
        cause="requirements-conflict",
        step="BUILD_IMAGE",
        build="  x No solution found when resolving dependencies:\n  `-> Because you require a>=2 and a<1, we can conclude that "
        "your requirements are unsatisfiable.",
        shows="unsatisfiable",
    ),
    Case(
        recogniser="requirements-file",
        cause="requirements-file",
        step="BUILD_IMAGE",
        build="ERROR: Could not open requirements file: [Errno 2] No such file or directory: 'requirements.txt'",
        says=("requirements.txt", "COPY the file before"),
        shows="Could not open",
    ),
    Case(
        recogniser="no-compiler",
        cause="no-compiler",
        step="BUILD_IMAGE",
        build="      Error: pg_config executable not found.\n      \n      pg_config is required to build psycopg2 from source.",
        says=("psycopg2-binary",),
        shows="pg_config executable not found",
    ),
    Case(
        recogniser="exception",
        cause="exception",
        deploy='Traceback (most recent call last):\n  File "/app/app/main.py", line 7, in <module>\n    app = FastAPI()\n'
        "ZeroDivisionError: division by zero",
        says=("api/app/main.py:7", "ZeroDivisionError: division by zero"),
        shows="app = FastAPI()",
    ),
    Case(
        recogniser="exception",
        cause="exception-elsewhere",
        deploy='Traceback (most recent call last):\n  File "/usr/local/bin/uvicorn", line 8, in <module>\n    sys.exit(main())\n'
        "RuntimeError: nothing here is yours",
        says=("nothing here is yours",),
        shows="RuntimeError",
    ),
]
