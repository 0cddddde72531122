"""Projects: each user sees only their own."""

from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, status
from sqlalchemy import select

from app.database import DatabaseSession
from app.dependencies import CurrentUser
from app.models import Project
from app.schemas import ProjectIn, ProjectOut

router = APIRouter(prefix="/projects", tags=["projects"])


def get_own_project(project_id: int, user: CurrentUser, database: DatabaseSession) -> Project:
    project = database.get(Project, project_id)
    if project is None or project.owner_id != user.id:
        raise HTTPException(status.HTTP_404_NOT_FOUND, "no such project")
    return project


@router.get("")
def list_projects(user: CurrentUser, database: DatabaseSession) -> list[ProjectOut]:
    projects = database.scalars(select(Project).where(Project.owner_id == user.id).order_by(Project.id))
    return [ProjectOut.model_validate(project) for project in projects]


@router.post("", status_code=status.HTTP_201_CREATED)
def create_project(body: ProjectIn, user: CurrentUser, database: DatabaseSession) -> ProjectOut:
    project = Project(owner_id=user.id, **body.model_dump())
    database.add(project)
    database.commit()
    database.refresh(project)
    return ProjectOut.model_validate(project)


@router.get("/{project_id}")
def read_project(project: Annotated[Project, Depends(get_own_project)]) -> ProjectOut:
    return ProjectOut.model_validate(project)


@router.put("/{project_id}")
def update_project(
    body: ProjectIn, project: Annotated[Project, Depends(get_own_project)], database: DatabaseSession
) -> ProjectOut:
    project.name = body.name
    project.description = body.description
    database.commit()
    return ProjectOut.model_validate(project)


@router.delete("/{project_id}", status_code=status.HTTP_204_NO_CONTENT)
def delete_project(project: Annotated[Project, Depends(get_own_project)], database: DatabaseSession) -> None:
    database.delete(project)
    database.commit()
