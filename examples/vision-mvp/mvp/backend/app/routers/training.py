"""Training: its configuration, its start, its progress."""

from fastapi import APIRouter, BackgroundTasks, HTTPException, status
from sqlalchemy import select

from app.config import settings
from app.database import DatabaseSession
from app.dependencies import CurrentUser
from app.models import TrainingConfig, TrainingRun
from app.schemas import TrainingConfigBody, TrainingRunOut
from app.services.datasets import Dataset, find_dataset
from app.services.training import run_training

router = APIRouter(prefix="/training", tags=["training"])


def _require_dataset(name: str) -> Dataset:
    dataset = find_dataset(settings.datasets_path, name)
    if dataset is None:
        raise HTTPException(status.HTTP_404_NOT_FOUND, f"no dataset is named {name}")
    return dataset


@router.get("/config")
def read_config(user: CurrentUser, database: DatabaseSession) -> TrainingConfigBody:
    config = database.get(TrainingConfig, user.id)
    return TrainingConfigBody.model_validate(config) if config else TrainingConfigBody()


@router.put("/config")
def write_config(body: TrainingConfigBody, user: CurrentUser, database: DatabaseSession) -> TrainingConfigBody:
    _require_dataset(body.dataset)
    database.merge(TrainingConfig(owner_id=user.id, **body.model_dump()))
    database.commit()
    return body


@router.post("/start", status_code=status.HTTP_202_ACCEPTED)
def start(user: CurrentUser, database: DatabaseSession, background: BackgroundTasks) -> TrainingRunOut:
    config = read_config(user, database)
    dataset = _require_dataset(config.dataset)
    run = TrainingRun(owner_id=user.id, **config.model_dump())
    database.add(run)
    database.commit()
    database.refresh(run)
    background.add_task(run_training, run.id, dataset)
    return TrainingRunOut.model_validate(run)


@router.get("/runs")
def list_runs(user: CurrentUser, database: DatabaseSession) -> list[TrainingRunOut]:
    runs = database.scalars(select(TrainingRun).where(TrainingRun.owner_id == user.id).order_by(TrainingRun.id))
    return [TrainingRunOut.model_validate(run) for run in runs]


@router.get("/runs/{run_id}")
def read_run(run_id: int, user: CurrentUser, database: DatabaseSession) -> TrainingRunOut:
    run = database.get(TrainingRun, run_id)
    if run is None or run.owner_id != user.id:
        raise HTTPException(status.HTTP_404_NOT_FOUND, "no such training run")
    return TrainingRunOut.model_validate(run)
