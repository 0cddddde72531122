"""Which distribution brings which module: database drivers, and packages that go by another name on the index."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Driver:
    """A database driver.

    Attributes:
        requirement: the line that brings a working one.
        same: other distributions of the same module.
        scheme: of URLs that ask SQLAlchemy for it.
    """

    distribution: str
    requirement: str
    same: tuple[str, ...] = ()
    scheme: str = ""


DRIVERS = {
    "psycopg": Driver("psycopg", "psycopg[binary]", scheme="postgresql+psycopg://"),
    "psycopg2": Driver("psycopg2-binary", "psycopg2-binary", ("psycopg2",), "postgresql+psycopg2://"),
    "asyncpg": Driver("asyncpg", "asyncpg", scheme="postgresql+asyncpg://"),
    "pg8000": Driver("pg8000", "pg8000", scheme="postgresql+pg8000://"),
    "aiosqlite": Driver("aiosqlite", "aiosqlite"),
    "pymysql": Driver("pymysql", "PyMySQL"),
    "MySQLdb": Driver("mysqlclient", "mysqlclient"),
    "redis": Driver("redis", "redis"),
}
"""By module."""

_OTHER_NAMES = {
    "PIL": "pillow",
    "attr": "attrs",
    "bs4": "beautifulsoup4",
    "cv2": "opencv-python-headless",
    "dateutil": "python-dateutil",
    "dotenv": "python-dotenv",
    "fitz": "PyMuPDF",
    "google.generativeai": "google-generativeai",
    "google.genai": "google-genai",
    "google.cloud.storage": "google-cloud-storage",
    "jose": "python-jose[cryptography]",
    "jwt": "PyJWT",
    "magic": "python-magic",
    "multipart": "python-multipart",
    "pkg_resources": "setuptools",
    "pydantic_settings": "pydantic-settings",
    "skimage": "scikit-image",
    "sklearn": "scikit-learn",
    "slugify": "python-slugify",
    "socketio": "python-socketio",
    "sse_starlette": "sse-starlette",
    "yaml": "PyYAML",
    "zoneinfo._tzpath": "tzdata",
}


def distribution_of(module: str) -> str:
    """Return the requirement that brings a module: by the name it goes by on the index, else its own."""
    parts = module.split(".")
    names = (".".join(parts[:length]) for length in range(len(parts), 0, -1))
    return next((_OTHER_NAMES[name] for name in names if name in _OTHER_NAMES), parts[0].replace("_", "-"))
