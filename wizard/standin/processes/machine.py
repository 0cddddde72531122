"""What of this machine a child may know: certificates, package indexes, proxies, caches. No more of the caller."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from wizard.standin.processes.bundled_node import node_folder

_NAMES = {
    *("SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "NODE_EXTRA_CA_CERTS", "TZ"),
    *("HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "no_proxy", "all_proxy"),
}
_TOOL_PREFIXES = ("PIP_", "UV_", "npm_config_", "NPM_CONFIG_", "NODE_OPTIONS")
_NOT_TOOLS = {"PIP_NO_CACHE_DIR", "PIP_TARGET", "PIP_PREFIX", "PIP_USER", "PIP_REQUIRE_VIRTUALENV", "NODE_OPTIONS"}


def certificates_and_proxies() -> dict[str, str]:
    """Return what any program needs to reach the network as this machine does."""
    return {name: value for name, value in os.environ.items() if name in _NAMES}


def build_tools() -> dict[str, str]:
    """Return how pip, uv and npm are set up here: indexes, certificates, and the caches of this user."""
    found = {
        name: value for name, value in os.environ.items() if name.startswith(_TOOL_PREFIXES) and name not in _NOT_TOOLS
    }
    for name, path in (*_caches(), *_configurations()):
        found.setdefault(name, str(path))
    fixed = {"PIP_ROOT_USER_ACTION": "ignore", "PIP_NO_INPUT": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    return {**certificates_and_proxies(), **found, **fixed, "UV_PYTHON_DOWNLOADS": "never", "npm_config_fund": "false"}


def machine_path() -> list[str]:
    """Return the folders programs are looked for in: the bundled Node.js where it is needed, then PATH."""
    bundled = node_folder()
    own = os.environ.get("PATH", os.defpath).split(os.pathsep)
    return [str(bundled), *own] if bundled else own


def _caches() -> list[tuple[str, Path]]:
    home = Path.home()
    caches = (
        home / "Library" / "Caches"
        if sys.platform == "darwin"
        else Path(os.environ.get("XDG_CACHE_HOME") or home / ".cache")
    )
    uv = home / ".cache" / "uv" if sys.platform == "darwin" else caches / "uv"
    return [("PIP_CACHE_DIR", caches / "pip"), ("UV_CACHE_DIR", uv), ("npm_config_cache", home / ".npm")]


def _configurations() -> list[tuple[str, Path]]:
    """The user's own settings lie in a home that a build does not see."""
    home = Path.home()
    settings = Path(os.environ.get("XDG_CONFIG_HOME") or home / ".config")
    candidates = [
        ("PIP_CONFIG_FILE", settings / "pip" / "pip.conf"),
        ("PIP_CONFIG_FILE", home / "Library" / "Application Support" / "pip" / "pip.conf"),
        ("PIP_CONFIG_FILE", home / ".pip" / "pip.conf"),
        ("UV_CONFIG_FILE", settings / "uv" / "uv.toml"),
        ("npm_config_userconfig", home / ".npmrc"),
    ]
    return [(name, path) for name, path in candidates if path.is_file()]
