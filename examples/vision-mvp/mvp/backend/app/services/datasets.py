"""Datasets on disk: a folder each, with `dataset.json` and `samples.csv`.

A line of `samples.csv` is a label and the brightness (0 to 9) of every pixel of a small grey image, row by row.
"""

import csv
import json
from dataclasses import dataclass
from pathlib import Path

BRIGHTEST = 9


@dataclass(frozen=True)
class Sample:
    """A labelled image; pixels lie between 0 and 1."""

    label: str
    pixels: list[float]


@dataclass(frozen=True)
class Dataset:
    name: str
    description: str
    classes: list[str]
    samples: list[Sample]


def load_datasets(root: Path) -> list[Dataset]:
    return [_load(manifest.parent) for manifest in sorted(root.glob("*/dataset.json"))]


def find_dataset(root: Path, name: str) -> Dataset | None:
    return next((dataset for dataset in load_datasets(root) if dataset.name == name), None)


def _load(folder: Path) -> Dataset:
    manifest = json.loads((folder / "dataset.json").read_text(encoding="utf-8"))
    with (folder / "samples.csv").open(encoding="utf-8", newline="") as file:
        samples = [Sample(label, [int(pixel) / BRIGHTEST for pixel in pixels]) for label, *pixels in csv.reader(file)]
    classes = sorted({sample.label for sample in samples})
    return Dataset(folder.name, manifest["description"], classes, samples)
