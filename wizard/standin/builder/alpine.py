"""Alpine's own `addgroup` and `adduser`: BusyBox's take other options than Debian's, and Dockerfiles use them."""

from __future__ import annotations

_ADDGROUP = """#!/bin/sh
# BusyBox's addgroup by shadow's groupadd: [-g GID] [-S] [USER] GROUP
options=
while :; do
  case $1 in
    -g|--gid) options="$options -g $2"; shift 2 ;;
    -S|--system) options="$options -r"; shift ;;
    -*) shift ;;
    *) break ;;
  esac
done
[ $# -eq 2 ] && exec usermod -a -G "$2" "$1"
exec groupadd $options "$1"
"""
_ADDUSER = """#!/bin/sh
# BusyBox's adduser by shadow's useradd: [-h DIR] [-g GECOS] [-s SHELL] [-G GROUP] [-S] [-D] [-H] [-u UID] USER [GROUP]
options= home=-m group=
while :; do
  case $1 in
    -h|--home) options="$options -d $2"; shift 2 ;;
    -g|--gecos|-k) shift 2 ;;
    -s|--shell) options="$options -s $2"; shift 2 ;;
    -G|--ingroup) group=$2; shift 2 ;;
    -u|--uid) options="$options -u $2"; shift 2 ;;
    -S|--system) options="$options -r"; shift ;;
    -H|--no-create-home) home=-M; shift ;;
    -*) shift ;;
    *) break ;;
  esac
done
[ $# -eq 2 ] && exec usermod -a -G "$2" "$1"
[ -n "$group" ] && options="$options -g $group"
exec useradd $home $options "$1"
"""

PLACED = (("/usr/local/bin/addgroup", _ADDGROUP), ("/usr/local/bin/adduser", _ADDUSER))
"""What an Alpine image brings: pairs of image path and text."""
