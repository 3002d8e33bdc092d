"""The pages for curators, at /admin: rendered on the server, usable without a script, closed to other hosts."""

from server.admin.refusals import ShowRefusals
from server.admin.routes import mount_admin
from server.admin.services import Curation

__all__ = ["Curation", "ShowRefusals", "mount_admin"]
