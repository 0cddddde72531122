"""Layers under stress: two builds at once, a build that is cancelled, a cache that lost a part."""

import asyncio
import os
import shutil
import time
from pathlib import Path
from typing import Any

import pytest

from wizard.standin.builder import build
from wizard.standin.builder.layers import Layers


async def test_two_builds_at_once_make_a_layer_once(bench: Any) -> None:
    script = "echo really ran && sleep 0.4 && echo done > result"
    work = bench({"Dockerfile": f"FROM debian\nWORKDIR /app\nRUN {script}\n"})
    first, second = work.request(), work.request()
    images = await asyncio.gather(build(first, work.log), build(second, work.log))
    assert work.lines.count("really ran") == 1
    assert [(image.root / "app/result").read_text() for image in images] == ["done\n", "done\n"]


async def test_a_cancelled_build_leaves_no_process_and_no_half_layer(bench: Any) -> None:
    work = bench({"Dockerfile": "FROM debian\nWORKDIR /app\nRUN echo pid $$ && sleep 600\n"})
    task = asyncio.create_task(build(work.request(), work.log))
    async with asyncio.timeout(20):
        while not any(line.startswith("pid ") for line in work.lines):  # noqa: ASYNC110 - a deadline guards it
            await asyncio.sleep(0.01)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    pid = int(next(line for line in work.lines if line.startswith("pid ")).split()[1])
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    assert not [path for path in (work.cache / "layers").iterdir() if path.name.startswith(".")]


async def test_a_layer_whose_environment_is_gone_is_made_again(bench: Any, tmp_path: Any) -> None:
    install = "RUN pip install --no-index /w/alpha-1.0-py3-none-any.whl"
    work = bench({"Dockerfile": f"FROM python:3.11-slim\nCOPY wheels /w\n{install}\n"})
    work.wheel("alpha")
    work.cache = tmp_path / "own-cache"
    python = (await work.build()).image.python
    shutil.rmtree(python)
    again = await work.build()
    assert again.ran("pip install")
    assert (again.image.python / "bin/alpha-cli").exists()


def test_only_what_nobody_used_for_long_is_pruned(tmp_path: Path) -> None:
    layers = Layers(tmp_path)
    ages = {"fresh": 0, "old": 15, ".workshop": 0, ".left": 2}
    for name, days in ages.items():
        folder = tmp_path / "layers" / name
        folder.mkdir()
        then = time.time() - days * 24 * 3600
        os.utime(folder, (then, then))
    layers.prune()
    assert sorted(path.name for path in (tmp_path / "layers").iterdir()) == [".workshop", "fresh"]


def test_the_caches_key_is_private_and_stays(tmp_path: Path) -> None:
    assert Layers(tmp_path).secret == Layers(tmp_path).secret
    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600
    assert len(Layers(tmp_path).secret) == 32
