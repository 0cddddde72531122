"""What every image begins with beside the machine's `/usr`: folders, and an `/etc` that is nobody's.

The machine's `/etc` holds users, keys and host names; an image gets a Debian image's users and, of the rest, what
programs of `/usr` cannot do without.
"""

from __future__ import annotations

import contextlib
import shutil
from pathlib import Path

_FOLDERS = {
    **dict.fromkeys(("usr", "dev", "proc", "sys", "etc", "home", "mnt", "opt", "run", "srv", "media", "boot"), 0o755),
    **dict.fromkeys(("var/lib/apt/lists/partial", "var/lib/dpkg", "var/cache/apt", "var/log", "var/spool"), 0o755),
    **dict.fromkeys(("run/lock", "etc/ssl", "var/backups", "var/mail", "var/opt"), 0o755),
    **dict.fromkeys(("tmp", "var/tmp", "run/lock"), 0o1777),
    "root": 0o700,
}
_LINKS = {
    "var/run": "/run",
    "var/lock": "/run/lock",
    "etc/mtab": "/proc/mounts",
    "etc/os-release": "../usr/lib/os-release",
}
_TOP_LINKS = ("bin", "sbin", "lib", "lib32", "lib64", "libx32")
_OF_THE_MACHINE = (
    *("alternatives", "ca-certificates", "ca-certificates.conf", "fonts", "ld.so.cache", "ld.so.conf", "ld.so.conf.d"),
    *("localtime", "timezone", "mime.types", "protocols", "services", "rpc", "networks", "ethertypes", "magic"),
    *("profile", "profile.d", "bash.bashrc", "skel", "login.defs", "default", "adduser.conf", "deluser.conf"),
    *("pam.conf", "pam.d", "security", "shells", "debian_version", "host.conf", "gai.conf", "terminfo", "inputrc"),
    *("locale.alias", "locale.gen", "perl", "ImageMagick-6", "ImageMagick-7", "xattr.conf", "npmrc", "gitconfig"),
    *("ssl/certs", "ssl/openssl.cnf"),
)
_USERS = """root:x:0:0:root:/root:/bin/bash
daemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin
bin:x:2:2:bin:/bin:/usr/sbin/nologin
sys:x:3:3:sys:/dev:/usr/sbin/nologin
sync:x:4:65534:sync:/bin:/bin/sync
games:x:5:60:games:/usr/games:/usr/sbin/nologin
man:x:6:12:man:/var/cache/man:/usr/sbin/nologin
lp:x:7:7:lp:/var/spool/lpd:/usr/sbin/nologin
mail:x:8:8:mail:/var/mail:/usr/sbin/nologin
news:x:9:9:news:/var/spool/news:/usr/sbin/nologin
uucp:x:10:10:uucp:/var/spool/uucp:/usr/sbin/nologin
proxy:x:13:13:proxy:/bin:/usr/sbin/nologin
www-data:x:33:33:www-data:/var/www:/usr/sbin/nologin
backup:x:34:34:backup:/var/backups:/usr/sbin/nologin
list:x:38:38:Mailing List Manager:/var/list:/usr/sbin/nologin
irc:x:39:39:ircd:/run/ircd:/usr/sbin/nologin
_apt:x:42:65534::/nonexistent:/usr/sbin/nologin
nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin
"""
"""The users of a Debian image, source: base-passwd."""
_GROUPS = (
    "root:0 daemon:1 bin:2 sys:3 adm:4 tty:5 disk:6 lp:7 mail:8 news:9 uucp:10 man:12 proxy:13 kmem:15 dialout:20 "
    "fax:21 voice:22 cdrom:24 floppy:25 tape:26 sudo:27 audio:29 dip:30 www-data:33 backup:34 operator:37 list:38 "
    "irc:39 src:40 shadow:42 utmp:43 video:44 sasl:45 plugdev:46 staff:50 games:60 users:100 nogroup:65534"
)
_NODE_USER = "node:x:1000:1000::/home/node:/bin/bash\n"
_NAMES = "passwd:         files\ngroup:          files\nshadow:         files\nhosts:          files dns\n"
HOSTS = "127.0.0.1 localhost\n::1 localhost ip6-localhost ip6-loopback\n"


def write(root: Path, *, node: bool, bare: bool = False) -> None:
    """Write it; `node` adds the user of Node's own images, `bare` leaves the files of the machine's `/etc` out."""
    for name, mode in _FOLDERS.items():
        (root / name).mkdir(parents=True, exist_ok=True)
        (root / name).chmod(mode)
    for name in _TOP_LINKS:
        if Path("/", name).is_symlink():
            (root / name).symlink_to(Path("/", name).readlink())
    for name, target in _LINKS.items():
        (root / name).symlink_to(target)
    _write_etc(root / "etc", () if bare else _OF_THE_MACHINE)
    _write_users(root, node=node)


def _write_etc(etc: Path, names: tuple[str, ...]) -> None:
    for name in names:
        _copy(Path("/etc") / name, etc / name)
    (etc / "nsswitch.conf").write_text(_NAMES)
    (etc / "hosts").write_text(HOSTS)
    (etc / "hostname").write_text("localhost\n")
    (etc / "resolv.conf").write_text("")


def _copy(source: Path, target: Path) -> None:
    """Copy what may be read; a link stays one, to whatever it leads."""
    with contextlib.suppress(OSError, shutil.Error):
        if source.is_dir() and not source.is_symlink():
            shutil.copytree(source, target, symlinks=True, dirs_exist_ok=True)
        elif source.exists() or source.is_symlink():
            shutil.copy2(source, target, follow_symlinks=False)


def _write_users(root: Path, *, node: bool) -> None:
    etc = root / "etc"
    passwd = _USERS + (_NODE_USER if node else "")
    groups = [*_GROUPS.split(), *(["node:1000"] if node else [])]
    rows = (group.partition(":") for group in groups)
    (etc / "passwd").write_text(passwd)
    (etc / "group").write_text("".join(f"{name}:x:{number}:\n" for name, _, number in rows))
    names = [line.partition(":")[0] for line in passwd.splitlines()]
    (etc / "shadow").write_text("".join(f"{name}:*:19000:0:99999:7:::\n" for name in names))
    (etc / "gshadow").write_text("".join(f"{group.partition(':')[0]}:*::\n" for group in groups))
    for name in ("shadow", "gshadow"):
        (etc / name).chmod(0o640)
    if node:
        (root / "home" / "node").mkdir()
        with contextlib.suppress(OSError):
            shutil.chown(root / "home" / "node", 1000, 1000)
