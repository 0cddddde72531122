from .accounts import router as accounts_router
from .back_office import router as back_office_router

__all__ = ["accounts_router", "back_office_router"]
