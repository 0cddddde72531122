from pydantic import Field

from .base_model import BaseModel


class ScheduleProjectDelete(BaseModel):
    project_schedule_delete: bool = Field(alias="projectScheduleDelete")
