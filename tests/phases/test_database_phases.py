"""Migration and administrator on a real database and the real application: what is proved, made, promoted, refused."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest
import pytest_asyncio

from tests.support.applications import TINY, Application, copy_application
from tests.support.runs import Client, Heard, Since, asker
from wizard.clock import SystemClock
from wizard.compose import session
from wizard.database.connect import Connection
from wizard.database.passwords import Scheme, hash_password, matches
from wizard.events import Note, StepChanged
from wizard.options import Faces
from wizard.phases.run import Scope
from wizard.phases.step import Phase
from wizard.secret_store import open_store
from wizard.secrets import Secret
from wizard.standin.server import Standin, serve
from wizard.standin.settings import Settings

pytestmark = pytest.mark.asyncio(loop_scope="module")

EMAIL = "ops@example.com"
OLD, TYPED = "0ld-enough-to-vote", "typed-by-the-operator-1"


@dataclass
class Deployed:
    """The tiny application, live, with its database within reach."""

    application: Application
    client: Client
    standin: Standin
    first: Heard

    async def run(self, phase: Phase, *, full: bool = True, answers: dict[str, str] | None = None) -> Heard:
        scope = Scope(phases=frozenset({phase}), full=full)
        return await self.client.deploy(self.application, scope=scope, answers=answers)

    @asynccontextmanager
    async def database(self) -> AsyncIterator[Connection]:
        faces = Faces(listeners=(), asker=asker())
        async with session(self.client.options(self.application, command="psql"), faces) as run:
            connection = await run.database.postgres("postgres")
            try:
                yield connection
            finally:
                await connection.close()
                await run.close()

    async def execute(self, *statements: str) -> None:
        async with self.database() as connection:
            for statement in statements:
                await connection.execute(statement)

    async def admin(self) -> tuple[str, str] | None:
        async with self.database() as connection:
            found = await connection.execute("SELECT password_hash, role FROM users WHERE email = %s", [EMAIL])
            row = await found.fetchone()
        return (str(row[0]), str(row[1])) if row else None

    async def put_admin(self, password: str, role: str) -> None:
        hashed = hash_password(Scheme.ARGON2, Secret(password)).reveal()
        async with self.database() as connection:
            await connection.execute("DELETE FROM users")
            values = [EMAIL, hashed, role]
            await connection.execute("INSERT INTO users (email, password_hash, role) VALUES (%s, %s, %s)", values)

    async def kept(self, password: str | None = None) -> str | None:
        """Return the password this operator keeps, after putting one there or (empty) taking it away."""
        options = self.client.options(self.application)
        origin = self.standin.url.removesuffix("/graphql/v2")
        store = open_store(origin, options.variables, options.state, SystemClock(), file_chosen=True)
        name = f"{self.application.key}.production.admin.password"
        if password:
            await store.set(name, Secret(password))
        elif password == "":
            await store.delete(name)
        found = await store.get(name)
        return found.reveal() if found else None


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def served(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Deployed]:
    folder = tmp_path_factory.mktemp("tiny")
    async with serve(Settings(read_lag=0), folder / "platform") as standin:
        application = copy_application(TINY, folder / "app")
        client = Client(standin, folder / "state")
        first = await client.deploy(application)
        assert first.finished.exit_code == 0, first.why()
        yield Deployed(application, client, standin, first)


@pytest.fixture
def tiny(served: Deployed) -> Iterator[Deployed]:
    """The deployed application; its files are as they were when the test has ended."""
    before = served.application.snapshot()
    yield served
    served.application.restore(before)


def detail(heard: Heard, step: str) -> str:
    ended = [one for one in heard.of(StepChanged) if one.step == step and one.detail]
    return ended[-1].detail.id if ended and ended[-1].detail else ""


async def test_the_first_administrator_is_made_with_a_password_that_is_kept(tiny: Deployed) -> None:
    kept, row = await tiny.kept(), await tiny.admin()
    assert detail(tiny.first, "admin.account") == "phases.admin-created"
    assert kept is not None
    assert len(kept) >= 24
    assert row is not None
    assert (matches(row[0], Secret(kept)), row[1]) == (True, "admin")
    assert kept not in repr(tiny.first.stamped)


async def test_an_administrator_who_logs_in_is_left_alone_without_opening_the_database(tiny: Deployed) -> None:
    await tiny.put_admin(OLD, "admin")
    await tiny.kept(OLD)
    since = Since(tiny.standin)

    heard = await tiny.run(Phase.ADMIN, full=False)

    assert heard.phases["admin"] == "unchanged", heard.why()
    assert since.writes == []


async def test_a_row_whose_password_is_ours_becomes_an_administrator(tiny: Deployed) -> None:
    await tiny.put_admin(OLD, "member")
    await tiny.kept(OLD)

    heard = await tiny.run(Phase.ADMIN)

    row = await tiny.admin()
    assert row is not None
    assert (detail(heard, "admin.account"), row[1]) == ("phases.admin-promoted", "admin"), heard.why()
    assert matches(row[0], Secret(OLD))


async def test_an_account_with_another_password_is_never_overwritten(tiny: Deployed) -> None:
    await tiny.put_admin("somebody-elses-password", "member")
    before = await tiny.admin()

    typed = await tiny.run(Phase.ADMIN, answers={"admin.password": TYPED})
    await tiny.kept("")
    unknown = await tiny.run(Phase.ADMIN)

    assert [one.code for one in typed.errors] == [one.code for one in unknown.errors] == ["phases.admin-exists"]
    assert (typed.finished.exit_code, unknown.finished.exit_code) == (1, 1)
    assert await tiny.admin() == before
    assert TYPED not in repr(typed.stamped)


async def test_a_typed_password_makes_the_row_and_is_kept(tiny: Deployed) -> None:
    await tiny.execute("DELETE FROM users")
    await tiny.kept("")

    heard = await tiny.run(Phase.ADMIN, answers={"admin.password": TYPED})

    row = await tiny.admin()
    assert heard.finished.exit_code == 0, heard.why()
    assert row is not None
    assert matches(row[0], Secret(TYPED))
    assert await tiny.kept() == TYPED


async def test_without_a_password_and_without_looking_closely_nothing_is_claimed(tiny: Deployed) -> None:
    await tiny.kept("")
    since = Since(tiny.standin)

    heard = await tiny.run(Phase.ADMIN, full=False)

    assert heard.phases["admin"] == "unknown"
    assert [(one.subject, one.why.id) for one in heard.finished.not_checked] == [("admin", "phases.admin-unknown")]
    assert (heard.finished.exit_code, since.writes) == (0, [])


async def test_columns_nobody_can_fill_are_named(tiny: Deployed) -> None:
    await tiny.execute("DELETE FROM users", "ALTER TABLE users ADD COLUMN badge integer NOT NULL")
    await tiny.kept("")
    try:
        asked = await tiny.run(Phase.ADMIN)
        answered = await tiny.run(Phase.ADMIN, answers={"admin.column.badge": "7"})
    finally:
        await tiny.execute("ALTER TABLE users DROP COLUMN badge")

    assert (asked.finished.exit_code, asked.errors[0].code) == (3, "phases.admin-columns")
    assert asked.errors[0].what.params["columns"] == "badge"
    assert answered.finished.exit_code == 0, answered.why()
    assert await tiny.admin() is not None


async def test_a_service_without_a_postgres_has_no_administrator(tiny: Deployed) -> None:
    tiny.application.edit("wizard.toml", 'DATABASE_URL = "{postgres.DATABASE_URL}"', 'DATABASE_URL = "sqlite://"')
    await tiny.kept("")

    admin = await tiny.run(Phase.ADMIN)
    migrate = await tiny.run(Phase.MIGRATE)

    assert [one.code for one in admin.errors] == ["phases.admin-no-postgres"]
    assert migrate.phases["migrate"] == "unknown"
    assert migrate.finished.not_checked[0].why.id == "phases.no-postgres"


async def test_the_head_is_proved_in_the_database_when_asked_to_look(tiny: Deployed) -> None:
    heard = await tiny.run(Phase.MIGRATE)
    assert (heard.phases["migrate"], heard.finished.exit_code) == ("done", 0), heard.why()


async def test_the_log_of_what_runs_proves_the_head_without_opening_anything(tiny: Deployed) -> None:
    since = Since(tiny.standin)
    heard = await tiny.run(Phase.MIGRATE, full=False)
    assert heard.phases["migrate"] == "unchanged", heard.why()
    assert since.writes == []


async def test_a_head_the_log_does_not_show_is_unknown_beside_that_of_the_last_release(tiny: Deployed) -> None:
    tiny.application.write(
        "backend/alembic/versions/0003_more.py",
        'revision = "0003"\ndown_revision = "0002"\n\n\ndef upgrade() -> None:\n    pass\n',
    )
    heard = await tiny.run(Phase.MIGRATE, full=False)
    assert (heard.phases["migrate"], heard.finished.exit_code) == ("unknown", 0)
    assert [one.why.id for one in heard.finished.not_checked] == ["phases.head-last"]


async def test_a_database_behind_the_code_is_an_error(tiny: Deployed) -> None:
    await tiny.execute("UPDATE alembic_version SET version_num = '0001'")
    try:
        heard = await tiny.run(Phase.MIGRATE)
    finally:
        await tiny.execute("UPDATE alembic_version SET version_num = '0002'")
    [error] = heard.errors
    assert (error.code, error.what.params["code"], error.what.params["database"]) == (
        "phases.heads-differ",
        "0002",
        "0001",
    )


async def test_a_database_without_a_head_is_an_error(tiny: Deployed) -> None:
    await tiny.execute("ALTER TABLE alembic_version RENAME TO elsewhere")
    try:
        heard = await tiny.run(Phase.MIGRATE)
    finally:
        await tiny.execute("ALTER TABLE elsewhere RENAME TO alembic_version")
    [error] = heard.errors
    assert (error.code, error.what.params["database"]) == ("phases.heads-differ", "-")


async def test_a_column_the_models_have_and_the_table_lacks_is_an_error(tiny: Deployed) -> None:
    await tiny.execute("ALTER TABLE users RENAME COLUMN created_at TO made_at")
    try:
        heard = await tiny.run(Phase.MIGRATE)
    finally:
        await tiny.execute("ALTER TABLE users RENAME COLUMN made_at TO created_at")
    [error] = heard.errors
    assert error.code == "phases.schema-differs"
    assert str(error.why.params["where"]).startswith("backend/app/database.py")
    assert any("created_at" in str(dict(one.text.params)) for one in heard.of(Note))


@pytest.mark.parametrize(("mode", "full", "status"), [("startup", True, "done"), ("startup", False, "unknown")])
async def test_tables_made_at_the_start_are_compared_with_the_models_alone(
    tiny: Deployed, mode: str, status: str, *, full: bool
) -> None:
    tiny.application.edit("wizard.toml", 'mode = "alembic"', f'mode = "{mode}"')
    await tiny.execute("UPDATE alembic_version SET version_num = '0001'")
    try:
        heard = await tiny.run(Phase.MIGRATE, full=full)
    finally:
        await tiny.execute("UPDATE alembic_version SET version_num = '0002'")
    assert heard.phases["migrate"] == status, heard.why()
    assert [one.why.id for one in heard.finished.not_checked] == ([] if full else ["phases.schema-unseen"])


async def test_nobody_migrates_where_the_plan_says_so(tiny: Deployed) -> None:
    tiny.application.edit("wizard.toml", 'mode = "alembic"', 'mode = "none"')
    heard = await tiny.run(Phase.MIGRATE)
    assert "migrate" not in heard.phases


async def test_no_way_into_the_database_stays_open(tiny: Deployed) -> None:
    await tiny.run(Phase.MIGRATE)
    faces = Faces(listeners=(), asker=asker())
    async with session(tiny.client.options(tiny.application), faces) as run:
        state = await run.world.state()
    assert state.services["postgres"].proxies == ()
