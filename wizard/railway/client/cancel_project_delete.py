from pydantic import Field

from .base_model import BaseModel


class CancelProjectDelete(BaseModel):
    project_schedule_delete_cancel: bool = Field(alias="projectScheduleDeleteCancel")
