from __future__ import annotations

import pytest

from tests.source.conftest import MakeTree
from tests.source.facts import alternative_of, sources_of
from wizard.source.env_reads import Environment, ReadKind
from wizard.source.python_sources import Scope


def test_every_way_to_read_the_environment(make_tree: MakeTree) -> None:
    code = """
        import os
        import environs
        from os import environ, getenv as lookup
        from decouple import config
        NAME = "INDIRECT"
        env = environs.Env()
        A = os.environ["A"]
        B = os.getenv("B", "b")
        C = lookup("C")
        D = environ.get("D") or "fallback"
        E = config("E")
        F = config("F", default="f")
        G = env.str("G")
        H = os.environ[NAME]
        I = os.getenv("I")
        if not I:
            raise RuntimeError
        def inner():
            return f"{os.environ['J']}"
        class Config:
            K: str = os.getenv("K", "k")
        os.environ["SET"] = "written, not read"
    """
    reads = {read.name: read for read in Environment(sources_of(make_tree({"main.py": code}))).reads}
    assert sorted(reads) == ["A", "B", "C", "D", "E", "F", "G", "I", "INDIRECT", "J", "K"]
    assert {name for name, read in reads.items() if read.required} == {"A", "E", "G", "INDIRECT", "I", "J"}
    assert {name: read.default for name, read in reads.items() if read.default} == {
        "B": "b",
        "D": "fallback",
        "F": "f",
        "K": "k",
    }
    assert str(reads["A"].location) == "main.py:7"


def test_settings_fields_and_who_uses_them(make_tree: MakeTree) -> None:
    files = {
        "settings.py": """
            from typing import Annotated, Literal
            from pydantic import Field
            from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict
            class Common(BaseSettings):
                model_config = SettingsConfigDict(env_prefix="app_", env_file=(".env", ".env.local"))
                debug: bool = False
                hosts: list[str]
            class Settings(Common):
                token: str = Field(default=..., validation_alias="API_TOKEN")
                plain: Annotated[list[str], NoDecode] = []
                level: Literal["low", "high"] = "low"
                mixed: str | list[str] = "a"
                unused: int = 3
                @property
                def shout(self) -> str:
                    return self.token.upper()
            settings = Settings()
        """,
        "main.py": """
            from settings import Settings, settings
            print(settings.token, settings.hosts, settings.debug)
            def serve(config: Settings):
                return config.level, config.plain, config.mixed
        """,
    }
    environment = Environment(sources_of(make_tree(files)))
    reads = {read.name: read for read in environment.reads}
    assert sorted(reads) == ["API_TOKEN", "APP_DEBUG", "APP_HOSTS", "APP_LEVEL", "APP_MIXED", "APP_PLAIN", "APP_UNUSED"]
    assert {read.kind for read in environment.reads} == {ReadKind.SETTING}
    assert [name for name, read in reads.items() if read.required] == ["API_TOKEN", "APP_HOSTS"]
    assert [name for name, read in reads.items() if read.needs_json] == ["APP_HOSTS"]
    assert [name for name, read in reads.items() if not read.has_effect] == ["APP_UNUSED"]
    assert reads["APP_LEVEL"].options == ("low", "high")
    assert reads["APP_DEBUG"].default == "False"
    assert [str(place) for place in reads["API_TOKEN"].used_at] == ["main.py:2", "settings.py:16"]
    assert environment.env_files == (".env", ".env.local")


def test_a_value_is_traced_back_through_names_functions_and_properties(make_tree: MakeTree) -> None:
    files = {
        "config.py": """
            import os
            from functools import lru_cache
            from pydantic_settings import BaseSettings
            class Settings(BaseSettings):
                host: str
                name: str
                @property
                def url(self):
                    return f"db://{self.host}/{self.name}"
            @lru_cache
            def get_settings():
                return Settings()
            KEY = os.environ["KEY"]
            def key():
                return KEY
        """,
        "main.py": """
            import config
            from config import get_settings, key as signing_key
            url = get_settings().url + "?x"
            token = signing_key()
            other = config.KEY.strip()
            nothing = len("x")
        """,
    }
    sources = sources_of(make_tree(files))
    environment = Environment(sources)
    main = sources.modules["main"]

    def behind(name: str) -> set[str]:
        return {read.name for read in environment.behind(Scope(main), main.definitions[name])}

    assert behind("url") == {"HOST", "NAME"}
    assert behind("token") == behind("other") == {"KEY"}
    assert behind("nothing") == set()


CHOICE = """
    import os
    PROVIDER = os.getenv("PROVIDER", "real")
    KEY = os.getenv("KEY")
    def real():
        return KEY
    def fake():
        return "nothing"
"""


@pytest.mark.parametrize(
    ("chooser", "expected"),
    [
        ('def choose():\n    return fake() if PROVIDER == "fake" else real()', ("PROVIDER", "fake")),
        ('def choose():\n    if PROVIDER == "fake":\n        return fake()\n    return real()', ("PROVIDER", "fake")),
        ('def choose():\n    if PROVIDER != "fake":\n        return real()\n    return fake()', ("PROVIDER", "fake")),
        (
            (
                'def choose():\n    match PROVIDER:\n        case "fake":\n            return fake()\n'
                "        case _:\n            return real()"
            ),
            ("PROVIDER", "fake"),
        ),
        ('if PROVIDER != "fake" and not KEY:\n    raise ValueError', ("PROVIDER", "fake")),
        ('if PROVIDER == "real" and not KEY:\n    raise ValueError', None),
        ('def choose():\n    return real() if PROVIDER == "real" else fake()', None),
        ("def choose():\n    return real()", None),
        ('client = print(KEY)\ndef choose():\n    return fake() if PROVIDER == "fake" else real()', None),
        ('def choose():\n    return real() if PROVIDER == "fake" else real()', None),
    ],
)
def test_an_alternative_is_found_only_where_the_code_settles_it(
    make_tree: MakeTree, chooser: str, expected: tuple[str, str] | None
) -> None:
    code = "\n".join(line.removeprefix("    ") for line in CHOICE.splitlines()) + f"\n{chooser}\n"
    found = alternative_of(make_tree({"main.py": code}), "KEY")
    assert (found and (found.variable, found.value)) == expected


def test_the_listed_options_settle_what_else_there_is(make_tree: MakeTree) -> None:
    code = """
        from enum import StrEnum
        from pydantic_settings import BaseSettings
        class Provider(StrEnum):
            REAL = "real"
            FAKE = "fake"
        class Settings(BaseSettings):
            provider: Provider = Provider.REAL
            key: str | None = None
        settings = Settings()
        if settings.provider == Provider.REAL:
            if settings.key is None:
                raise ValueError
    """
    found = alternative_of(make_tree({"main.py": code}), "KEY")
    assert found is not None
    assert (found.variable, found.value) == ("PROVIDER", "fake")


def test_a_secret_the_program_cannot_start_without_has_no_alternative(make_tree: MakeTree) -> None:
    code = """
        import os
        KEY = os.environ["KEY"]
        MODE = os.getenv("MODE")
        def choose():
            return "" if MODE == "fake" else KEY
    """
    assert alternative_of(make_tree({"main.py": code}), "KEY") is None
