"""What stands between the sockets and the application: deadlines for clients, and a bound on what is under way."""

from server.connections.clients import name_client
from server.connections.limits import ALWAYS_ANSWERED, ConnectionLimits, Pool
from server.connections.protocol import BoundedProtocol

__all__ = ["ALWAYS_ANSWERED", "BoundedProtocol", "ConnectionLimits", "Pool", "name_client"]
