"""The paths of the curation pages, and the role that each asks for."""

from __future__ import annotations

from http import HTTPStatus

from starlette.convertors import Convertor, register_url_convertor
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from server.admin import (
    audit_pages,
    bench_pages,
    bulk_pages,
    corpus_pages,
    dashboard,
    duplicates,
    import_pages,
    label_pages,
    quote_list,
    quote_page,
    report_pages,
    review,
    sign_in,
    user_pages,
)
from server.admin.door import Door
from server.admin.guard import act, open_act, open_page, page
from server.admin.pages import STATIC, Refusal, lead_to
from server.models import Role


class _Place(Convertor[int]):
    """A row's number. Of one that is too long to be any, Python makes no number: there is no such page."""

    regex = "[0-9]{1,10}"

    def convert(self, value: str) -> int:
        return int(value)

    def to_string(self, value: int) -> str:
        return str(value)


register_url_convertor("place", _Place())


class _KeptFiles(StaticFiles):
    """Files whose address changes with what is in them."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response


async def _refuse_path(request: Request) -> Response:
    if not request.path_params["path"]:
        return lead_to("")
    raise Refusal(HTTPStatus.NOT_FOUND, "There is no such page", "The menu leads to all there are.")


def mount_admin() -> list[BaseRoute]:
    return [
        Mount("/admin/static", _KeptFiles(directory=STATIC), middleware=[Middleware(Door)]),
        open_page("/sign-in", sign_in.show_sign_in),
        open_act("/sign-in", sign_in.sign_in),
        act("/sign-out", sign_in.sign_out, Role.VIEWER, keeps_form=False),
        page("/account", sign_in.show_account),
        act("/account", sign_in.change_password, Role.VIEWER, keeps_form=False),
        page("", dashboard.show_dashboard),
        page("/quotes", quote_list.show_list),
        page("/quotes/export", quote_list.export_list),
        page("/quotes/new", quote_page.show_new, Role.EDITOR),
        act("/quotes/new", quote_page.create, Role.EDITOR),
        act("/quotes/preview", quote_page.preview, Role.VIEWER),
        page("/quotes/{quote_id}", quote_page.show_quote),
        act("/quotes/{quote_id}", quote_page.save, Role.EDITOR),
        act("/quotes/{quote_id}/status", quote_page.move, Role.EDITOR),
        act("/quotes/{quote_id}/delete", quote_page.delete, Role.EDITOR),
        page("/quotes/{quote_id}/duplicates", duplicates.show_duplicates),
        act("/quotes/{quote_id}/merge", duplicates.merge, Role.EDITOR),
        act("/quotes/{quote_id}/let-in", report_pages.let_in, Role.PUBLISHER),
        page("/quotes/{quote_id}/history", quote_page.show_history),
        act("/quotes/{quote_id}/restore", quote_page.restore, Role.EDITOR),
        act("/bulk", bulk_pages.preview_move, Role.EDITOR),
        act("/bulk/do", bulk_pages.do_move, Role.EDITOR),
        page("/bulk/{number:place}", bulk_pages.show_move, Role.EDITOR),
        act("/bulk/{number:place}/undo", bulk_pages.undo_move, Role.EDITOR),
        page("/review", review.show_queue),
        page("/reports", report_pages.show_reports),
        act("/reports", report_pages.decide, Role.EDITOR),
        act("/reports/{number:place}/reopen", report_pages.reopen, Role.EDITOR),
        page("/import", import_pages.show_import, Role.EDITOR),
        act("/import", import_pages.read, Role.EDITOR, import_pages.MOST_BYTES, keeps_form=False),
        act("/import/accept", import_pages.accept, Role.EDITOR),
        page("/bench", bench_pages.show_bench),
        act("/bench", bench_pages.try_page, Role.VIEWER),
        page("/pages", corpus_pages.show_pages),
        act("/pages", corpus_pages.add_page, Role.EDITOR),
        page("/pages/{number:place}", corpus_pages.show_page),
        act("/pages/{number:place}/remove", corpus_pages.remove_page, Role.EDITOR),
        page("/labels", label_pages.show_labels),
        act("/labels", label_pages.rate, Role.PUBLISHER),
        page("/users", user_pages.show_users, Role.ADMIN),
        act("/users", user_pages.add_user, Role.ADMIN),
        act("/users/change", user_pages.change_user, Role.ADMIN),
        act("/tokens", user_pages.create_token, Role.ADMIN),
        act("/tokens/{number:place}/revoke", user_pages.revoke_token, Role.ADMIN),
        page("/audit", audit_pages.show_audit, Role.ADMIN),
        page("/audit/chain", audit_pages.check_chain, Role.ADMIN),
        page("/audit/export", audit_pages.export_audit, Role.ADMIN),
        open_page("/{path:path}", _refuse_path),
    ]
