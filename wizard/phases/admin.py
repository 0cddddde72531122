"""The admin phase: the administrator's row is there, logs in, and passes the application's own guard."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from wizard.checks.accounts import Accounts
from wizard.checks.admin import easy_to_ask, guarded_routes
from wizard.checks.surface import Credential
from wizard.database.admin import Outcome as RowOutcome
from wizard.database.admin import ensure_admin, find_account, sample_hashes
from wizard.database.admin_row import plan_row
from wizard.database.connect import Connection
from wizard.database.hints import guard_mark, user_hints
from wizard.database.passwords import Scheme, recognise
from wizard.database.schema import read_schema
from wizard.database.users import UserHints, UsersTable, find_users_table
from wizard.errors import FailedError, NeedsInputError
from wizard.events import Note, Status
from wizard.messages import message
from wizard.phases.facts import postgres_of
from wizard.phases.run import Run
from wizard.phases.step import UNCHANGED, Outcome, Phase, Step, Waiting, step_id
from wizard.phases.surface import build_surface
from wizard.plan.model import Admin
from wizard.platform.states import GroupState
from wizard.questions import Question, SecretText
from wizard.secrets import Secret, generate

ACCOUNT, PASSWORD = "account", "admin.password"
_PASSWORD_LETTERS, _FORBIDDEN = 24, 403


def steps(run: Run) -> list[Step]:
    """Plan one step, where the plan names an administrator."""
    service = _service(run)
    if run.plan.admin is None or service is None:
        return []
    requires = {step_id(Phase.DEPLOY, service), step_id(Phase.MIGRATE, service)}
    return [Step(phase=Phase.ADMIN, resource=ACCOUNT, requires=frozenset(requires), act=partial(_ensure, run, service))]


async def questions(run: Run, state: GroupState | None) -> list[Question]:
    """Take a password that was typed beforehand; without one it is kept, or generated when the row is made."""
    del state
    question = password_question(run)
    if run.plan.admin and run.asker.knows(question):
        run.typed[question.id] = await run.asker.ask(question)
    return []


def password_question(run: Run) -> Question:
    """Return the question whose answer is the administrator's password."""
    email = run.plan.admin.email if run.plan.admin else ""
    return SecretText(id=PASSWORD, prompt=message("phases.ask-admin-password", email=email))


async def known_password(run: Run) -> Secret | None:
    """Return the administrator's password: typed now, else kept."""
    typed = run.typed.get(PASSWORD)
    return typed if isinstance(typed, Secret) else await run.secrets.get(PASSWORD)


def _service(run: Run) -> str | None:
    if run.plan.admin and run.plan.admin.service:
        return run.plan.admin.service
    return run.plan.migration.service if run.plan.migration else None


async def _ensure(run: Run, service: str, waiting: Waiting) -> Outcome:
    admin = run.plan.admin
    if admin is None:
        return UNCHANGED
    password = await known_password(run)
    waiting(message("phases.trying-admin", email=admin.email))
    if password and await _is_administrator(run, service, admin, password):
        return UNCHANGED
    if password is None and not run.looks_closely(service):
        why = message("phases.admin-unknown", email=admin.email)
        run.leave_unchecked("admin", why)
        return Outcome(Status.UNKNOWN, why)
    waiting(message("phases.making-admin", email=admin.email))
    made = await _make(run, service, admin, password)
    return Outcome(Status.DONE, message(f"phases.admin-{made.value}", email=admin.email))


async def admin_credential(run: Run) -> Credential | None:
    """Return the administrator for the checks; None where nobody knows the password."""
    password = await known_password(run)
    return _credential(run.plan.admin, password) if run.plan.admin and password else None


async def _is_administrator(run: Run, service: str, admin: Admin, password: Secret) -> bool:
    """Tell whether the account logs in and the application's own guard lets it pass, where a route shows that."""
    surface = await build_surface(run, admin=_credential(admin, password))
    if service not in surface.services:
        return False
    asked = surface.services[service]
    session = await Accounts(surface, asked).session("admin")
    guarded = next((route.path for route in guarded_routes(asked) if easy_to_ask(route)), None)
    if session is None or guarded is None:
        return session is not None
    return (await surface.get(asked.url + guarded, session.headers)).status != _FORBIDDEN


def _credential(admin: Admin, password: Secret) -> Credential:
    return Credential(email=admin.email, username=admin.username or admin.email.partition("@")[0], password=password)


async def _make(run: Run, service: str, admin: Admin, password: Secret | None) -> RowOutcome:
    database = postgres_of(run.plan, service)
    if database is None:
        raise FailedError("phases.admin-no-postgres", service=service)
    async with run.database.session(database) as connection:
        return await _ensure_row(run, service, admin, password, connection)


async def _ensure_row(
    run: Run, service: str, admin: Admin, password: Secret | None, connection: Connection
) -> RowOutcome:
    hints = await _hints(run, service, admin)
    users = find_users_table(await read_schema(connection), hints)
    values = await _row_values(run, admin, users, hints)
    scheme = recognise(await _scheme_said(run, service, admin), await sample_hashes(connection, users))
    existing = await find_account(connection, users, str(values[users.login.name]))
    if existing and password is None:
        raise FailedError("phases.admin-exists", email=admin.email, table=users.table.shown)
    if password is None:
        password = generate("password", _PASSWORD_LETTERS)
        await run.keep_secret(PASSWORD, password)
    outcome = await ensure_admin(connection, users, values, password, scheme)
    if outcome is RowOutcome.FOREIGN:
        raise FailedError("phases.admin-exists", email=admin.email, table=users.table.shown)
    await run.keep_secret(PASSWORD, password)
    if outcome is RowOutcome.CREATED and PASSWORD not in run.typed:
        run.emit(Note(run.secrets.describe(PASSWORD)))
    return outcome


async def _hints(run: Run, service: str, admin: Admin) -> UserHints:
    facts = await run.facts.api(service)
    guard = facts.auth.guard if facts and facts.auth else None
    users = facts.users if facts else None
    return user_hints(admin, users, guard_mark(guard, users))


async def _row_values(run: Run, admin: Admin, users: UsersTable, hints: UserHints) -> dict[str, object]:
    """Fill the row; what neither plan, code nor database tells is asked, all of it at once."""
    row = plan_row(users, hints, email=admin.email, username=admin.username, now=run.clock.now())
    if not row.missing:
        return dict(row.values)
    answers = {question.id: await run.ask(question) for question in row.questions()}
    if run.unanswered:
        names = ", ".join(column.name for column in row.missing)
        raise NeedsInputError("phases.admin-columns", table=users.table.shown, columns=names)
    given = {id_.rpartition(".")[2]: str(answer) for id_, answer in answers.items()}
    known = replace(hints, values={**hints.values, **given})
    return dict(plan_row(users, known, email=admin.email, username=admin.username, now=run.clock.now()).values)


async def _scheme_said(run: Run, service: str, admin: Admin) -> Scheme | None:
    if admin.scheme:
        return Scheme(admin.scheme)
    facts = await run.facts.api(service)
    said = facts.auth.passwords if facts and facts.auth else None
    if said is None or not said.is_plain:
        return None
    return next((scheme for scheme in Scheme if scheme.value == said.name), None)
