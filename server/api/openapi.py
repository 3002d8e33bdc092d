"""GET /openapi.json: the interface's description (OpenAPI 3.1), assembled from the types that validate."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from http import HTTPStatus
from importlib.metadata import version
from typing import Any

import orjson
from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaMode, JsonSchemaValue, models_json_schema
from pydantic_core.core_schema import WithDefaultSchema
from starlette.requests import Request
from starlette.responses import Response

from server.api.claims import ClaimPage
from server.api.conditions import TAGS
from server.api.operations import OPERATIONS, Content, Operation
from server.api.problems import MEDIA_TYPE
from server.api.shapes import ProblemAnswer, Shape
from server.ingest import NDJSON_TYPE

_REFERENCE = "#/components/schemas/{model}"
_HEADERS = {
    "ETag": "Which state this is: send it back as If-Match, or as If-None-Match",
    "Location": "The path of what was created",
    "Content-Disposition": "A name for the file",
    "WWW-Authenticate": "Bearer",
    "Retry-After": "In how many seconds it is worth trying again",
}
_PROBLEM_HEADERS = {401: ("WWW-Authenticate",), 429: ("Retry-After",), 503: ("Retry-After",)}
_ANYWHERE = (429, 503)  # of the routes that are bounded: too much from this client, or too much in all
_ABOUT = """Finds quotes that fact-checkers have checked, in any text, and keeps them.

Errors are `application/problem+json` (RFC 9457) with a stable `type`; none repeats what was sent. Writing needs
a token: `quotemark token create NAME --role ROLE` prints one. Roles: viewer, editor, publisher, admin; each may
do all that those before it may. Limits answer 413 and 429, overload 503; the latter two with `Retry-After`."""


async def describe(request: Request) -> Response:
    return Response(write_document(), media_type="application/json")


@cache
def write_document() -> bytes:
    return orjson.dumps(build_document())


def build_document() -> dict[str, Any]:
    schemas = _Schemas()
    paths: dict[str, dict[str, Any]] = {}
    for (method, path), operation in OPERATIONS.items():
        paths.setdefault(path, {})[method.lower()] = _describe(method, path, operation, schemas)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Quotemark",
            "version": version("quotemark"),
            "summary": "Fact-checkers' verdicts on quotes, where people read them",
            "description": _ABOUT,
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "."}],  # from where this document is: under a path of another site, too
        "tags": [{"name": name} for name in dict.fromkeys(map(_tag, paths))],
        "paths": paths,
        "components": {
            "schemas": schemas.all(),
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


class _PlainSchema(GenerateJsonSchema):
    def field_title_should_be_set(self, schema: object) -> bool:
        return False  # "Said On" tells nothing that `said_on` does not

    def default_schema(self, schema: WithDefaultSchema) -> JsonSchemaValue:
        # That a field may be null is told already; programs that write clients would have it sent always.
        told = super().default_schema(schema)
        return {name: value for name, value in told.items() if (name, value) != ("default", None)}


class _Schemas:
    """The schemas of all types that bodies, answers and queries are made of, by one generator."""

    def __init__(self) -> None:
        types: set[tuple[type[BaseModel], JsonSchemaMode]] = {(ProblemAnswer, "validation")}
        for operation in OPERATIONS.values():
            queries = [operation.query] if operation.query else []
            sent = [*queries, *filter(None, operation.body.values())]
            types.update((type_, "validation") for type_ in sent)
            types.update((type_, _answer_mode(type_)) for type_ in operation.answer.values() if type_)
        ordered = sorted(types, key=lambda each: (each[0].__name__, each[1]))
        self._refs, defined = models_json_schema(
            ordered, ref_template=_REFERENCE, schema_generator=_PlainSchema
        )
        self._defined: dict[str, Any] = defined["$defs"]

    def refer(self, type_: type[BaseModel], mode: JsonSchemaMode) -> dict[str, Any]:
        return dict(self._refs[type_, mode])

    def parameters(self, query: type[BaseModel]) -> list[dict[str, Any]]:
        """Return a query's type as parameters."""
        name = self.refer(query, "validation")["$ref"].rpartition("/")[2]
        schema = self._defined[name]
        found = []
        for field, of_field in schema["properties"].items():
            plain = _without_null(of_field)
            about = plain.pop("description", None)
            parameter = {"name": field, "in": "query", "schema": plain}
            found.append(parameter | ({"description": about} if about else {}))
        return found

    def all(self) -> dict[str, Any]:
        queries = {operation.query for operation in OPERATIONS.values() if operation.query}
        only_queries = {type_.__name__ for type_ in queries}
        return {name: schema for name, schema in self._defined.items() if name not in only_queries}


def _answer_mode(type_: type[BaseModel]) -> JsonSchemaMode:
    # A model is answered with all its fields; of a shape (and of claims) some may be left out.
    return "validation" if issubclass(type_, Shape) or type_ is ClaimPage else "serialization"


def _without_null(schema: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of a parameter, which may be left out but is never null."""
    schema = {name: value for name, value in schema.items() if not (name == "default" and value is None)}
    some = [option for option in schema.get("anyOf", []) if option != {"type": "null"}]
    if len(some) == 1:
        return {name: value for name, value in schema.items() if name != "anyOf"} | some[0]
    return schema


def _describe(method: str, path: str, operation: Operation, schemas: _Schemas) -> dict[str, Any]:
    described: dict[str, Any] = {
        "operationId": _name(method, path),
        "summary": operation.summary,
        "tags": [_tag(path)],
        "parameters": _parameters(path, operation, schemas),
        "responses": _responses(path, operation, schemas),
    }
    about = [operation.about, f"Needs a token of role {operation.role} or above." if operation.role else ""]
    if any(about):
        described["description"] = " ".join(filter(None, about))
    token: dict[str, list[str]] = {"token": []}
    if operation.role:
        described["security"] = [token]
    else:
        described["security"] = [{}, token] if 401 in operation.problems else []
    if operation.body:
        described["requestBody"] = {
            "required": True,
            "content": {
                media_type: {"schema": schemas.refer(type_, "validation") if type_ else {}}
                for media_type, type_ in operation.body.items()
            },
        }
    return described


def _parameters(path: str, operation: Operation, schemas: _Schemas) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    if "{quote_id}" in path:
        found.append({"name": "quote_id", "in": "path", "required": True, "schema": {"type": "string"}})
    if operation.if_match:
        about = "The ETag of the quote as it was read; or *"
        needed = operation.if_match == "needed" and not path.endswith("/restore")
        found.append(_header("If-Match", about, required=needed))
    if operation.if_none_match:
        found.append(_header("If-None-Match", "The ETag of what the client has", required=False))
    return found + (schemas.parameters(operation.query) if operation.query else [])


def _header(name: str, about: str, *, required: bool) -> dict[str, Any]:
    # What If-None-Match can't be read as is passed by; a faulty If-Match is refused.
    schema = {"type": "string"} | ({"pattern": TAGS} if name == "If-Match" else {})
    return {"name": name, "in": "header", "required": required, "description": about, "schema": schema}


def _responses(path: str, operation: Operation, schemas: _Schemas) -> dict[str, Any]:
    content = _describe_content(operation.answer, schemas)
    headers = _describe_headers(operation.answer_headers)
    done: dict[str, Any] = {"description": operation.status.phrase}
    done |= {"content": content} if content else {}
    done |= {"headers": headers} if headers else {}
    responses = {str(int(operation.status)): done}
    if operation.if_none_match:
        responses["304"] = {"description": "The client has this state already"}
    for status, answer in operation.also.items():
        described = {"description": HTTPStatus(status).phrase, "content": _describe_content(answer, schemas)}
        responses[str(status)] = described
    problem = {"content": {MEDIA_TYPE: {"schema": schemas.refer(ProblemAnswer, "validation")}}}
    for status in sorted({*operation.problems, *(_ANYWHERE if path.startswith("/v1/") else ())}):
        headers = _describe_headers(_PROBLEM_HEADERS.get(status, ()))
        told = {"description": HTTPStatus(status).phrase} | problem
        responses[str(status)] = told | ({"headers": headers} if headers else {})
    return responses | {"default": {"description": "Any other problem"} | problem}


def _describe_content(answer: Content, schemas: _Schemas) -> dict[str, Any]:
    def describe(media_type: str, type_: type[BaseModel] | None) -> dict[str, Any]:
        if type_:
            return schemas.refer(type_, _answer_mode(type_))
        is_text = media_type.startswith("text/") or media_type == NDJSON_TYPE
        return {"type": "string"} if is_text else {}

    return {media_type: {"schema": describe(media_type, type_)} for media_type, type_ in answer.items()}


def _describe_headers(names: Iterable[str]) -> dict[str, Any]:
    return {name: {"description": _HEADERS[name], "schema": {"type": "string"}} for name in names}


def _name(method: str, path: str) -> str:
    words = path.replace("/v1/", "/").replace("{quote_id}", "one").replace(":", "/").replace(".", "/")
    return "_".join([method.lower(), *filter(None, words.split("/"))])


def _tag(path: str) -> str:
    first = path.removeprefix("/v1/").strip("/").replace(":", "/").partition("/")[0]
    return first if path.startswith("/v1/") else "service"
