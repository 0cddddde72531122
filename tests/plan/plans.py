"""Plans under test: a small valid one to break, and one that uses every key there is."""

from __future__ import annotations

from collections.abc import Callable

from wizard.errors import UsageError, WizardError
from wizard.locale import Language, render

SMALL = """\
[project]
name = "vision-mvp"
key = "e5f197c5-a0fd-4425-a638-d20cc778700d"
source = { repo = "owner/name", branch = "main" }

[databases.postgres]
engine = "postgres"

[services.backend]
root = "mvp/backend"
port = 8000

[services.backend.variables]
DATABASE_URL = "{postgres.DATABASE_URL}"
CORS_ORIGINS = "{frontend.urls}"

[services.frontend]
port = 3000

[services.frontend.variables]
API_URL = "{backend.url}/api/v1"

[environments.staging]

[profiles.rehearsal.services.backend.variables]
LLM_PROVIDER = "echo"
"""

EVERYTHING = """\
[project]
name = "vision-mvp"
key = "e5f197c5-a0fd-4425-a638-d20cc778700d"
environment = "production"
region = "asia-southeast1-eqsg3a"
source = { repo = "owner/name", branch = "main" }

[databases.postgres]
engine = "postgres"
version = 16
provider = "railway"

[services.backend]
source = "mvp/backend"
root = "mvp/backend"
dockerfile = "Dockerfile"
port = 8000
public = true
health = { path = "/health", timeout = 300 }
pre_deploy = "alembic upgrade head"
volumes = [{ path = "/app/uploads", size_mb = 500 }]
build_command = "make"
start_command = "uvicorn app.main:app"
watch = ["mvp/backend/**"]
restart = "on-failure"
restart_retries = 3
replicas = 2
cron = "0 3 * * *"
sleep = false
memory = 0.5
draining = 10
overlap = 5
domains = ["api.company.kr"]
after = ["postgres"]
provider = "railway"

[services.backend.variables]
TEXT = "{postgres.DATABASE_URL}"
KEYRING = { secret = "keyring", help = "where to get it", unless = { TEXT = "echo" } }
GENERATED = { generate = "token_urlsafe", bytes = 48 }

[services.frontend]
port = 3000

[shared]
LOG_LEVEL = "info"

[migration]
service = "backend"
mode = "alembic"

[admin]
email = "ops@company.kr"
username = "ops"
service = "backend"
table = "users"
columns = { role = "ADMIN" }
scheme = "bcrypt"
script = "python -m app.seed"

[[checks]]
name = "docs"
kind = "http"
service = "backend"
as = "nobody"
effect = "read"
needs = ["internet"]
weight = "should"
timeout = 10
method = "POST"
path = "/docs"
json = { text = "hi" }
form = { text = "hi" }
headers = { Accept = "text/html" }
expect = { status = 200, json = { "$.ok" = true }, contains = "Swagger" }

[[checks]]
name = "home"
kind = "page"
service = "backend"
as = "user"
effect = "read"
needs = ["postgres"]
weight = "must"
timeout = 10
path = "/"
contains = "Welcome"

[[checks]]
name = "socket"
kind = "websocket"
service = "backend"
as = "user"
effect = "read"
needs = ["postgres"]
weight = "must"
timeout = 10
path = "/ws"
send = "hello"
contains = "hello"
origin = "frontend"

[[checks]]
name = "login"
kind = "login"
service = "backend"
as = "user"
effect = "read"
needs = ["postgres"]
weight = "must"
timeout = 10
path = "/login"
email_field = "username"
password_field = "password"
encoding = "form"
token = "$.access_token"

[[checks]]
name = "chat"
kind = "flow"
service = "backend"
as = "user"
effect = "read"
needs = ["postgres"]
weight = "must"
timeout = 10

[[checks.steps]]
method = "POST"
path = "/chat"
json = [1]
form = { a = "b" }
headers = { A = "b" }
expect = { status = 201 }
keep = { sid = "$.id" }

[profiles.rehearsal]
endpoint = "http://127.0.0.1:4000/graphql/v2"
scheme = "http"
capabilities = { rollback = false, endpoint_known = "before-deploy" }
project = { region = "local" }
databases = { postgres = { version = 18 } }
services = { backend = { replicas = 1 } }
shared = { LOG_LEVEL = "debug" }
migration = { mode = "none" }
admin = { username = "rehearsal" }
checks = [{ name = "docs", weight = "must" }]

[environments.staging]
project = { region = "europe-west4" }
databases = { postgres = { version = 17 } }
services = { backend = { sleep = true } }
shared = { LOG_LEVEL = "debug" }
migration = { mode = "none" }
admin = { username = "staging" }
checks = [{ name = "docs", weight = "should" }]
"""

Refuse = Callable[[str], UsageError]


def assert_told(error: WizardError) -> None:
    for language in Language:
        assert all(render(part, language) for part in (error.what, error.why, error.fix))
