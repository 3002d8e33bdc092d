"""The paths of the curation pages, and the role that each asks for."""

from __future__ import annotations

from http import HTTPStatus

from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from server.admin import quote_list, quote_page, sign_in
from server.admin.door import Door
from server.admin.guard import act, open_act, open_page, page
from server.admin.pages import STATIC, Refusal
from server.models import Role


class _KeptFiles(StaticFiles):
    """Files whose address changes with what is in them."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response


async def _refuse_path(request: Request) -> Response:
    raise Refusal(HTTPStatus.NOT_FOUND, "There is no such page", "The menu leads to all there are.")


def mount_admin() -> list[BaseRoute]:
    return [
        Mount("/admin/static", _KeptFiles(directory=STATIC), middleware=[Middleware(Door)]),
        open_page("/sign-in", sign_in.show_sign_in),
        open_act("/sign-in", sign_in.sign_in),
        act("/sign-out", sign_in.sign_out, Role.VIEWER),
        page("/account", sign_in.show_account),
        act("/account", sign_in.change_password, Role.VIEWER),
        page("/quotes", quote_list.show_list),
        page("/quotes/new", quote_page.show_new, Role.EDITOR),
        act("/quotes/new", quote_page.create, Role.EDITOR),
        act("/quotes/preview", quote_page.preview, Role.VIEWER),
        page("/quotes/{quote_id}", quote_page.show_quote),
        act("/quotes/{quote_id}", quote_page.save, Role.EDITOR),
        act("/quotes/{quote_id}/status", quote_page.move, Role.EDITOR),
        act("/quotes/{quote_id}/delete", quote_page.delete, Role.EDITOR),
        page("/quotes/{quote_id}/history", quote_page.show_history),
        act("/quotes/{quote_id}/restore", quote_page.restore, Role.EDITOR),
        open_page("/{path:path}", _refuse_path),
    ]
