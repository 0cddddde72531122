from pydantic import Field

from .base_model import BaseModel
from .enums import MetricMeasurement


class ReadEstimatedUsage(BaseModel):
    estimated_usage: list["ReadEstimatedUsageEstimatedUsage"] = Field(
        alias="estimatedUsage"
    )


class ReadEstimatedUsageEstimatedUsage(BaseModel):
    measurement: MetricMeasurement
    estimated_value: float = Field(alias="estimatedValue")


