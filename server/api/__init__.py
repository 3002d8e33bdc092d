"""The HTTP interface for clients."""

from server.api.problems import HANDLERS
from server.api.routes import ROUTES, stack_middleware
from server.api.services import Services

__all__ = ["HANDLERS", "ROUTES", "Services", "stack_middleware"]
