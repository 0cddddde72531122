"""What generated models are built on."""

from wizard.railway.model import UNSET, BaseModel, UnsetType

__all__ = ["UNSET", "BaseModel", "UnsetType"]
