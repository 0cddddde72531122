"""Runs a training in the background and records how far it came."""

import logging

from sqlalchemy.orm import Session

from app.database import SessionFactory
from app.models import TrainingRun
from app.services.classifier import Classifier
from app.services.datasets import Dataset

logger = logging.getLogger(__name__)


def run_training(run_id: int, dataset: Dataset) -> None:
    with SessionFactory() as database:
        run = database.get_one(TrainingRun, run_id)
        try:
            _train(database, run, dataset)
        except Exception:
            logger.exception("training run %s failed", run_id)
            database.rollback()
            run.status = "failed"
            database.commit()


def _train(database: Session, run: TrainingRun, dataset: Dataset) -> None:
    run.status = "running"
    database.commit()
    classifier = Classifier(dataset)
    for epoch in range(1, run.epochs + 1):
        result = classifier.train_epoch(run.learning_rate)
        run.epochs_done, run.loss, run.accuracy = epoch, result.loss, result.accuracy
        database.commit()
    run.status = "finished"
    database.commit()
