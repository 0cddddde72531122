"""Where secrets are kept: an environment variable, the operating system's keyring, a 0600 file, or this run only.

They are looked for in that order. A store that cannot be used is left out for the rest of the run and its reason is
kept to be told; only what the operator chose is ever written to disk.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import stat
import tempfile
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar
from urllib.parse import urlsplit

from wizard.clock import Clock
from wizard.errors import CredentialError
from wizard.messages import Message, message
from wizard.railway_cli_login import RailwayCliLogin
from wizard.secrets import Secret

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

T = TypeVar("T")

TOKEN = "token"  # noqa: S105 - the name under which a token is kept
"""The name of an endpoint's credential."""
KEYRING_PATIENCE = 30.0
"""Seconds for a person to unlock the keyring in a dialogue we cannot see."""

_UNTRUSTED = ("keyring.backends.fail", "keyring.backends.null", "keyrings.alt", "keyrings.cryptfile")
"""Backends that keep nothing, keep it readable, or ask on the terminal behind our back."""
_RAILWAY_HOSTS = frozenset({"backboard.railway.com", "backboard.railway.app"})


class SecretStore(Protocol):
    """One place secrets can be kept; every method raises CredentialError where the place cannot be used."""

    async def get(self, name: str) -> Secret | None:
        """Return a secret, None where it is not kept here."""
        ...

    async def set(self, name: str, secret: Secret) -> None:
        """Keep a secret, replacing what was there."""
        ...

    async def delete(self, name: str) -> None:
        """Forget a secret; one that is not there is no error."""
        ...

    def describe(self) -> Message:
        """Say where this is, for people."""
        ...


@dataclass(frozen=True, slots=True)
class EnvironmentStore:
    """Variables of the environment, read only.

    Attributes:
        variables: names of secrets and the variables that hold them, first one first; other secrets are
            looked for as `RAILWIZARD_SECRET_<NAME>`.
    """

    environment: Mapping[str, str]
    variables: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    async def get(self, name: str) -> Secret | None:
        """Return the first variable that is set and not empty."""
        found = next((self.environment[v] for v in self._candidates(name) if self.environment.get(v)), None)
        return None if found is None else Secret(found.strip())

    async def set(self, name: str, secret: Secret) -> None:
        """Refuse: an environment belongs to who started us."""
        del secret
        raise CredentialError("secret_store.read-only", variable=self._candidates(name)[0])

    async def delete(self, name: str) -> None:
        """Refuse where the variable is set."""
        if await self.get(name):
            raise CredentialError("secret_store.read-only", variable=self._candidates(name)[0])

    def describe(self) -> Message:
        """Say that it is the environment."""
        return message("secret_store.environment")

    def _candidates(self, name: str) -> tuple[str, ...]:
        generic = "RAILWIZARD_SECRET_" + "".join(c if c.isalnum() else "_" for c in name.upper())
        return (*self.variables.get(name, ()), generic)


@dataclass(slots=True)
class KeyringStore:
    """The operating system's keyring, one service name an endpoint.

    Every call runs in a thread of its own with a time limit: an unlock dialogue can block for ever, and a blocked
    thread must neither freeze the screen nor the end of the process.
    """

    endpoint: str
    clock: Clock
    patience: float = KEYRING_PATIENCE

    @property
    def service(self) -> str:
        """The service name under which the keyring shows our entries."""
        return f"railwizard {urlsplit(self.endpoint).netloc or self.endpoint}"

    async def get(self, name: str) -> Secret | None:
        """Return the entry's value."""
        value = await self._call(lambda backend: backend.get_password(self.service, name))
        return None if value is None else Secret(value)

    async def set(self, name: str, secret: Secret) -> None:
        """Write the entry and read it back: some backends lose what is too long for them, silently.

        What such a backend kept is deleted again, or the next run would take the rest of a secret for the secret.
        """

        def write(backend: KeyringBackend) -> bool:
            backend.set_password(self.service, name, secret.reveal())
            kept = backend.get_password(self.service, name)
            if kept is not None and kept != secret.reveal():
                backend.delete_password(self.service, name)
            return kept == secret.reveal()

        if not await self._call(write):
            raise CredentialError("secret_store.failed", detail="the value read back differs")

    async def delete(self, name: str) -> None:
        """Delete the entry where there is one."""

        def remove(backend: KeyringBackend) -> None:
            if backend.get_password(self.service, name) is not None:
                backend.delete_password(self.service, name)

        await self._call(remove)

    def describe(self) -> Message:
        """Say that it is the keyring, and under which name."""
        return message("secret_store.keyring", service=self.service)

    async def _call(self, work: Callable[[KeyringBackend], T]) -> T:
        from keyring.errors import InitError, KeyringError, KeyringLocked, NoKeyringError  # noqa: PLC0415 - see trusted_backend

        try:
            async with self.clock.timeout(self.patience):
                with self.clock.busy():
                    return await _in_own_thread(lambda: work(trusted_backend()))
        except TimeoutError as error:
            raise CredentialError("secret_store.timeout", seconds=self.patience) from error
        except NoKeyringError as error:
            raise CredentialError("secret_store.no-keyring") from error
        except (InitError, KeyringLocked) as error:
            raise CredentialError("secret_store.locked", detail=str(error)) from error
        except (KeyringError, OSError, RuntimeError) as error:
            raise CredentialError("secret_store.failed", detail=type(error).__name__) from error


def trusted_backend() -> KeyringBackend:
    """Return the keyring's backend, the first one that keeps secrets as the system does; raises NoKeyringError."""
    import keyring  # noqa: PLC0415 - importing it already searches for backends: only who asks pays
    from keyring.errors import NoKeyringError  # noqa: PLC0415 - see above

    chosen = keyring.get_keyring()
    for backend in getattr(chosen, "backends", None) or [chosen]:
        if not type(backend).__module__.startswith(_UNTRUSTED):
            found: KeyringBackend = backend
            return found
    raise NoKeyringError


async def _in_own_thread(work: Callable[[], T]) -> T:
    """Run blocking work in a daemon thread: unlike the loop's executor it can be left behind."""
    loop = asyncio.get_running_loop()
    ended: asyncio.Future[T] = loop.create_future()

    def deliver(result: T | None, error: BaseException | None) -> None:
        if not ended.done():
            ended.set_exception(error) if error else ended.set_result(result)  # type: ignore[arg-type]

    def run() -> None:
        try:
            outcome: tuple[T | None, BaseException | None] = (work(), None)
        except Exception as error:  # noqa: BLE001 - it is raised again where it is awaited
            outcome = (None, error)
        try:
            loop.call_soon_threadsafe(deliver, *outcome)
        except RuntimeError:
            return  # the loop has ended; nobody waits any more

    threading.Thread(target=run, name="keyring", daemon=True).start()
    return await ended


@dataclass(frozen=True, slots=True)
class FileStore:
    """Files only their owner may read, one a secret, so that two runs never overwrite each other's.

    Plain text on disk: used only where the operator chose it.

    Attributes:
        folder: made with mode 0700 on the first write.
    """

    folder: Path

    async def get(self, name: str) -> Secret | None:
        """Return the file's secret; refuses a file that others can read."""
        path = self._path(name)
        try:
            mode = path.lstat().st_mode
            if not stat.S_ISREG(mode) or (os.name == "posix" and mode & 0o077):
                raise CredentialError("secret_store.exposed", file=str(path), mode=f"{stat.S_IMODE(mode):04o}")
            return Secret(str(json.loads(path.read_text("utf-8"))["secret"]))
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise CredentialError("secret_store.unreadable", file=str(path), detail=type(error).__name__) from error

    async def set(self, name: str, secret: Secret) -> None:
        """Write a new file beside the old one and put it in its place."""
        path = self._path(name)
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.folder.chmod(0o700)
            self._replace(path, json.dumps({"name": name, "secret": secret.reveal()}))
        except OSError as error:
            detail = error.strerror or type(error).__name__
            raise CredentialError("secret_store.unwritable", file=str(path), detail=detail) from error

    def _replace(self, path: Path, text: str) -> None:
        handle, temporary = tempfile.mkstemp(dir=self.folder, prefix=".new-")  # mkstemp makes it 0600
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as stream:
                stream.write(text)
                stream.flush()
                os.fsync(stream.fileno())
            Path(temporary).replace(path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise

    async def delete(self, name: str) -> None:
        """Remove the file."""
        try:
            self._path(name).unlink(missing_ok=True)
        except OSError as error:
            raise CredentialError(
                "secret_store.unwritable", file=str(self._path(name)), detail=error.strerror or ""
            ) from error

    def describe(self) -> Message:
        """Say where, and that it is plain text."""
        return message("secret_store.file", folder=str(self.folder))

    def _path(self, name: str) -> Path:
        return self.folder / f"{hashlib.sha256(name.encode()).hexdigest()[:32]}.json"


@dataclass(frozen=True, slots=True)
class PassingStore(FileStore):
    """Files of a platform that ends with its run, and goes with its folder."""

    def describe(self) -> Message:
        """Say that it ends with the platform."""
        return message("secret_store.passing")


@dataclass(slots=True)
class MemoryStore:
    """This run only."""

    _kept: dict[str, Secret] = field(default_factory=dict)

    async def get(self, name: str) -> Secret | None:
        """Return what this run kept."""
        return self._kept.get(name)

    async def set(self, name: str, secret: Secret) -> None:
        """Keep it until the process ends."""
        self._kept[name] = secret

    async def delete(self, name: str) -> None:
        """Forget it."""
        self._kept.pop(name, None)

    def describe(self) -> Message:
        """Say that it ends with the run."""
        return message("secret_store.memory")


@dataclass(slots=True)
class ChainStore:
    """Several places as one: read from the first that has it, written to the first that can.

    Attributes:
        readable: looked through in this order.
        writable: tried in this order; the last one never fails.
        problems: why a place was left out, told once.
    """

    readable: tuple[SecretStore, ...]
    writable: tuple[SecretStore, ...]
    problems: list[CredentialError] = field(default_factory=list)
    _broken: set[int] = field(default_factory=set)

    async def get(self, name: str) -> Secret | None:
        """Return the secret from the first place that has it."""
        for store in self._usable(self.readable):
            try:
                if secret := await store.get(name):
                    return secret
            except CredentialError as error:
                self._leave_out(store, error)
        return None

    async def set(self, name: str, secret: Secret) -> None:
        """Keep the secret in the first place that takes it, and nowhere else."""
        places = list(self._usable(self.writable))
        for index, store in enumerate(places):
            try:
                await store.set(name, secret)
            except CredentialError as error:
                self._leave_out(store, error)
                continue
            for outdated in places[index + 1 :]:
                await outdated.delete(name)
            return
        raise self.problems[-1]

    async def delete(self, name: str) -> None:
        """Forget the secret in every place that can be written."""
        for store in self._usable(self.writable):
            try:
                await store.delete(name)
            except CredentialError as error:
                self._leave_out(store, error)

    def describe(self) -> Message:
        """Say where the next secret will be kept."""
        return next(iter(self._usable(self.writable))).describe()

    @property
    def durable(self) -> bool:
        """Whether the next secret outlives this run, as far as is known."""
        return not isinstance(next(iter(self._usable(self.writable))), MemoryStore)

    def _usable(self, stores: tuple[SecretStore, ...]) -> list[SecretStore]:
        return [store for store in stores if id(store) not in self._broken]

    def _leave_out(self, store: SecretStore, error: CredentialError) -> None:
        self._broken.add(id(store))
        self.problems.append(error)


def is_railway(endpoint: str) -> bool:
    """Tell whether an endpoint is Railway itself: only there may Railway's token variables be sent."""
    return urlsplit(endpoint).hostname in _RAILWAY_HOSTS


def token_variables(endpoint: str) -> tuple[str, ...]:
    """Return the variables that may hold this endpoint's token; a Railway token is never meant for another host."""
    return ("RAILWAY_API_TOKEN",) if is_railway(endpoint) else ("RAILWIZARD_TOKEN",)


def open_store(
    endpoint: str, environment: Mapping[str, str], state_folder: Path, clock: Clock, *, file_chosen: bool = False
) -> ChainStore:
    """Open the places for an endpoint: environment, keyring, file where it was chosen, this run, the CLI's login."""
    host = "".join(c if c.isalnum() or c in ".-" else "_" for c in urlsplit(endpoint).netloc or endpoint)
    file, memory = FileStore(state_folder / "secrets" / host), MemoryStore()
    files = (file,) if file_chosen or file.folder.is_dir() else ()
    keyring = KeyringStore(endpoint, clock)
    variables = {TOKEN: token_variables(endpoint)}
    writable: tuple[SecretStore, ...] = (keyring, *files, memory)
    home = Path(environment.get("HOME") or environment.get("USERPROFILE") or "")
    borrowed = (RailwayCliLogin(home, clock, TOKEN),) if is_railway(endpoint) and home.is_absolute() else ()
    return ChainStore((EnvironmentStore(environment, variables), *writable, *borrowed), writable)
