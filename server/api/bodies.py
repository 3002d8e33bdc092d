"""Read what a request carries, or refuse it with the reason."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from email.message import Message
from functools import lru_cache
from http import HTTPStatus
from typing import TypeVar

import orjson
from pydantic import BaseModel, ValidationError, model_validator
from starlette.requests import Request

from server.api.problem import Fault, Problem
from server.api.problems import refuse_fields
from server.models import Model
from server.settings import Settings

SomeModel = TypeVar("SomeModel", bound=BaseModel)

# Encodings of text as browsers send them; Python knows others that are no text encodings, or slow to read.
_ENCODINGS = re.compile(
    r"utf-?8|utf-?16(-?[lb]e)?|us-ascii|ascii|latin-?1|iso-8859-\d{1,2}|windows-12\d\d|koi8-[ru]|shift_jis"
    r"|euc-(jp|kr)|gb2312|gbk|gb18030|big5"
)
_LONGEST_CONTENT_TYPE = 200
# Of a body that is all fault, telling each would take seconds, and more bytes than it has.
_MOST_FAULTS = 100


class ListOptions(Model):
    """What a list is narrowed down by: what is sent empty, as forms and programs do, counts as not sent.

    Not so a `cursor`: who asks on with an empty one would have the first page again, and go round.
    """

    @model_validator(mode="before")
    @classmethod
    def _leave_out_empty(cls, sent: dict[str, str]) -> dict[str, str]:
        may_be_empty = cls.model_fields.keys() - {"cursor"}
        return {name: value for name, value in sent.items() if value.strip() or name not in may_be_empty}


async def read_body(request: Request) -> bytes:
    """Return the body, which Starlette has kept within the limit, or refuse an encoded one."""
    if request.headers.get("content-encoding", "identity").lower() != "identity":
        raise Problem(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "encoded-body", "Send the body without a Content-Encoding."
        )
    return await request.body()


def read_media_type(request: Request, *known: str) -> tuple[str, str | None]:
    """Return the body's media type, one of those `known`, and its charset in lower case."""
    media_type, charset = _parse_content_type(request.headers.get("content-type", "")[:_LONGEST_CONTENT_TYPE])
    if media_type not in known:
        raise Problem(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
            "unknown-media-type",
            f"Send the body with one of these Content-Types: {', '.join(known)}.",
            headers={"Accept-Post": ", ".join(known)},
        )
    if charset is not None and not _is_known(charset):
        raise Problem(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "unknown-charset", "This charset is not known; send UTF-8."
        )
    return media_type, charset


@lru_cache(maxsize=64)
def _parse_content_type(value: str) -> tuple[str, str | None]:
    header = Message()
    header["content-type"] = value
    # Not get_content_type(), which takes all that is no media type ("json") for text/plain.
    return value.partition(";")[0].strip().lower(), header.get_content_charset()


def _is_known(charset: str) -> bool:
    if not _ENCODINGS.fullmatch(charset):
        return False
    try:
        codecs.lookup(charset)
    except LookupError:  # of a number that no encoding has
        return False
    return True


def parse_json(body: bytes) -> object:
    try:
        # A byte order mark may be ignored (RFC 8259, section 8.1), and some programs write it.
        return orjson.loads(body.removeprefix(codecs.BOM_UTF8))
    except orjson.JSONDecodeError as error:
        raise Problem(
            HTTPStatus.BAD_REQUEST, "not-json", f"The body can't be read as JSON: {_name_place(body, error)}."
        ) from None


def _name_place(body: bytes, error: orjson.JSONDecodeError) -> str:
    # orjson's own words say nothing of the body but the place, which it does not know where bytes are no UTF-8.
    try:
        body.decode()
    except UnicodeDecodeError as undecodable:
        return f"it is not UTF-8 at byte {undecodable.start + 1}"
    return f"{error.msg}, at line {error.lineno}, column {error.colno}"


def decode_text(body: bytes, charset: str | None) -> str:
    try:
        return body.decode(charset or "utf-8")
    except UnicodeError:
        raise Problem(
            HTTPStatus.BAD_REQUEST,
            "undecodable-text",
            f"The body is not text in {charset or 'utf-8'}: name its charset in the Content-Type, or send UTF-8.",
        ) from None


def validate(model: type[SomeModel], sent: object, *, beneath: str = "") -> SomeModel:
    """Return what was sent as a `model`, or refuse it and tell of every field at fault."""
    try:
        return model.model_validate(sent)
    except ValidationError as invalid:
        if invalid.error_count() > _MOST_FAULTS:
            raise Problem(
                HTTPStatus.UNPROCESSABLE_ENTITY,
                "invalid-fields",
                f"More than {_MOST_FAULTS} fields can't be taken as sent: too many to tell each.",
            ) from None
        raise refuse_fields(invalid.errors(include_url=False, include_input=False), beneath) from None


def validate_query(model: type[SomeModel], request: Request) -> SomeModel:
    """Return the query's parameters as a `model`; a name that is unknown or given twice is a fault."""
    if not request.scope["query_string"]:
        return validate(model, {})
    times = Counter(name for name, _ in request.query_params.multi_items())
    twice = sorted(name for name in model.model_fields if times[name] > 1)
    if twice:
        raise Problem(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            "invalid-fields",
            "Some parameters are given more than once.",
            faults=[Fault(name, "is given more than once") for name in twice],
        )
    return validate(model, dict(request.query_params))


def require_short_enough(text: str, settings: Settings, field: str) -> None:
    most = settings.max_text_characters
    if len(text) > most:
        raise Problem(
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
            "text-too-long",
            f"The text is longer than {most} characters; send it in parts that overlap.",
            faults=[Fault(field, f"is longer than {most} characters")],
        )
