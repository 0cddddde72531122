"""The datasets that came with the deployment."""

from fastapi import APIRouter, Depends

from app.config import settings
from app.dependencies import get_current_user
from app.schemas import DatasetOut
from app.services.datasets import load_datasets

router = APIRouter(prefix="/datasets", tags=["datasets"], dependencies=[Depends(get_current_user)])


@router.get("")
def list_datasets() -> list[DatasetOut]:
    return [
        DatasetOut(
            name=dataset.name,
            description=dataset.description,
            classes=dataset.classes,
            samples=len(dataset.samples),
        )
        for dataset in load_datasets(settings.datasets_path)
    ]
