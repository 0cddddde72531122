"""A credential tried and kept, forgotten, and a kept secret shown to its owner."""

from __future__ import annotations

from contextlib import AsyncExitStack
from dataclasses import dataclass

from wizard.clock import Clock, SystemClock
from wizard.errors import CredentialError, FailedError
from wizard.messages import Message
from wizard.options import Options, chosen_endpoint, credential_store, load_plan, plan_secrets
from wizard.platform.states import Account
from wizard.railway.platform import connect
from wizard.secret_store import TOKEN
from wizard.secrets import Secret


@dataclass(frozen=True, slots=True)
class Login:
    """Whom a token speaks for, and where it was kept."""

    account: Account
    kept: Message


async def login(options: Options, token: Secret, clock: Clock | None = None) -> Login:
    """Try a token against its endpoint and keep it; raises CredentialError for one refused or kept by no place."""
    clock = clock or SystemClock()
    endpoint, account = await try_token(options, token, clock)
    store = credential_store(options, endpoint, clock)
    await store.set(TOKEN, token)
    if not store.durable:
        raise store.problems[-1]
    return Login(account, store.describe())


async def try_token(options: Options, token: Secret, clock: Clock) -> tuple[str, Account]:
    """Return a token's endpoint and whom it speaks for, keeping nothing; raises CredentialError for one refused."""
    endpoint = chosen_endpoint(options, None)
    async with AsyncExitStack() as stack:
        platform = connect(endpoint, token, clock)
        stack.push_async_callback(platform.close)
        return endpoint, await platform.credentials.verify()


async def current_account(options: Options, clock: Clock) -> Account | None:
    """Return whom the credential at hand speaks for; None where there is none or it is refused."""
    token = await credential_store(options, chosen_endpoint(options, None), clock).get(TOKEN)
    try:
        return None if token is None else (await try_token(options, token, clock))[1]
    except CredentialError:
        return None


async def logout(options: Options, clock: Clock | None = None) -> None:
    """Forget the endpoint's token in every place this wizard wrote it."""
    endpoint = chosen_endpoint(options, None)
    await credential_store(options, endpoint, clock or SystemClock()).delete(TOKEN)


async def reveal(options: Options, name: str, clock: Clock | None = None) -> Secret:
    """Return a kept secret of this plan for its owner's eyes; raises FailedError where none is kept."""
    plan, _ = load_plan(options)
    endpoint = chosen_endpoint(options, plan.profiles.get(options.target))
    store = credential_store(options, endpoint, clock or SystemClock())
    if secret := await plan_secrets(plan, store).get(name):
        return secret
    if unusable := [problem for problem in store.problems if problem.code != "secret_store.no-keyring"]:
        raise unusable[-1]
    raise FailedError("compose.not-kept", name=name, environment=plan.project.environment, endpoint=endpoint)
