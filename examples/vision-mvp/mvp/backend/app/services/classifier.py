"""Softmax regression over pixels: small enough to train inside the API process."""

import math
from dataclasses import dataclass

from app.services.datasets import Dataset, Sample


@dataclass(frozen=True)
class Epoch:
    """What one pass over the data came to: mean cross-entropy, and the share classified rightly."""

    loss: float
    accuracy: float


class Classifier:
    """One weight per class and pixel, and one bias per class."""

    def __init__(self, dataset: Dataset) -> None:
        self._dataset = dataset
        pixels = len(dataset.samples[0].pixels)
        self._weights = {label: [0.0] * (pixels + 1) for label in dataset.classes}

    def train_epoch(self, learning_rate: float) -> Epoch:
        losses, hits = 0.0, 0
        for sample in self._dataset.samples:
            probabilities = self._classify(sample)
            losses -= math.log(max(probabilities[sample.label], 1e-12))
            hits += max(probabilities, key=probabilities.__getitem__) == sample.label
            self._descend(sample, probabilities, learning_rate)
        count = len(self._dataset.samples)
        return Epoch(losses / count, hits / count)

    def _classify(self, sample: Sample) -> dict[str, float]:
        inputs = [*sample.pixels, 1.0]
        scores = {label: _dot(weights, inputs) for label, weights in self._weights.items()}
        highest = max(scores.values())
        exponentials = {label: math.exp(score - highest) for label, score in scores.items()}
        total = sum(exponentials.values())
        return {label: exponential / total for label, exponential in exponentials.items()}

    def _descend(self, sample: Sample, probabilities: dict[str, float], learning_rate: float) -> None:
        inputs = [*sample.pixels, 1.0]
        for label, weights in self._weights.items():
            error = probabilities[label] - (label == sample.label)
            for index, value in enumerate(inputs):
                weights[index] -= learning_rate * error * value


def _dot(left: list[float], right: list[float]) -> float:
    return sum(a * b for a, b in zip(left, right, strict=True))
