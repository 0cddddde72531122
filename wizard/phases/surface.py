"""Builds what verification works with: addresses, facts of the code, accounts, ways into the databases."""

from __future__ import annotations

import hashlib
import hmac
import secrets as entropy
from functools import partial
from urllib.parse import urlsplit

from wizard.checks.surface import Credential, ServiceSurface, Surface
from wizard.phases.outage import outage
from wizard.phases.run import Run
from wizard.plan.checks import Effect
from wizard.secrets import Secret, generate

_PASSWORD_LETTERS = 24


async def build_surface(
    run: Run, *, admin: Credential | None, allow: frozenset[Effect] = frozenset({"read"})
) -> Surface:
    """Build the surface of the environment as it is; databases are reachable only where writing is allowed."""
    return Surface(
        plan=run.plan,
        services=await _services(run),
        clock=run.clock,
        http=run.http,
        probe=await _probe(run),
        nonce=entropy.token_hex(8),
        admin=admin,
        databases=run.database if "write" in allow else None,
        allow=allow,
        outage=partial(outage, run) if "disruptive" in allow else None,
        internet=run.scope.internet,
    )


async def _services(run: Run) -> dict[str, ServiceSurface]:
    state = await run.world.state()
    found: dict[str, ServiceSurface] = {}
    for name, spec in run.plan.services.items():
        known = state.services[name].domains if name in state.services else ()
        domains = [domain for domain in known if domain.ready or not domain.custom]
        if spec.serves and domains:
            urls = tuple(f"{run.platform.scheme}://{domain.host}" for domain in domains)
            found[name] = await _service(run, name, urls)
    return found


async def _service(run: Run, name: str, urls: tuple[str, ...]) -> ServiceSurface:
    if api := await run.facts.api(name):
        return ServiceSurface(name=name, urls=urls, api=api)
    reads = frozenset(await run.facts.reads(name))
    paths, written = await run.facts.pages(name), await run.facts.written(name)
    return ServiceSurface(name=name, urls=urls, reads=reads, paths=paths, written=written)


async def _probe(run: Run) -> Credential:
    """Return the one account of this project that checks act as.

    Its password follows from the database's own: the account lives there as long, and any operator who can read the
    platform's variables can log in as it, from any machine and without a keyring.
    """
    key = run.plan.project.key
    name = f"railwizard-probe-{hashlib.sha256(key.encode()).hexdigest()[:8]}"
    secret = await _database_password(run) or await _kept(run)
    digest = hmac.new(secret.reveal().encode(), f"probe {key}".encode(), hashlib.sha256).hexdigest()
    password = Secret(f"Pr0be-{digest[:_PASSWORD_LETTERS]}")
    run.redactor.learn(password)
    return Credential(email=f"{name}@example.com", username=name, password=password)


async def _database_password(run: Run) -> Secret | None:
    for name in run.plan.services:
        for value in (await run.rendered(name)).values():
            if value.reveal().startswith("postgres") and (password := urlsplit(value.reveal()).password):
                return Secret(password)
    return None


async def _kept(run: Run) -> Secret:
    kept = await run.secrets.get("probe.key")
    if kept is None:
        kept = generate("token_hex", _PASSWORD_LETTERS)
        await run.keep_secret("probe.key", kept)
    return kept
