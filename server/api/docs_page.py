"""GET /docs: the OpenAPI document as a page, written on the server: no script, no other host, nothing to load."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from functools import cache
from html import escape
from typing import Any

import orjson
from starlette.requests import Request
from starlette.responses import Response

from server.api.openapi import build_document

_STYLE = """
:root { color-scheme: light dark; --line: light-dark(#d0d7de, #3d444d); --soft: light-dark(#57606a, #9198a1);
  --code: light-dark(#f6f8fa, #151b23); }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; font: 16px/1.5 system-ui, sans-serif; }
nav ul { columns: 20rem; padding-left: 1.2rem; }
h2 { margin-top: 3rem; border-bottom: 1px solid var(--line); }
h3 { margin-bottom: 0.3rem; }
code, pre { font: 14px/1.45 ui-monospace, monospace; background: var(--code); border-radius: 4px; }
code { padding: 0.1em 0.3em; overflow-wrap: anywhere; }
pre { padding: 0.8rem; overflow-x: auto; }
table { border-collapse: collapse; width: 100%; margin: 0.5rem 0 1rem; }
th, td { padding: 0.3rem 0.6rem; border: 1px solid var(--line); text-align: left; vertical-align: top; }
caption { text-align: left; font-weight: 600; padding: 0.3rem 0; }
.soft { color: var(--soft); }
.method { display: inline-block; min-width: 3.6rem; font-weight: 600; }
"""
_STYLE_DIGEST = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
_POLICY = (
    f"default-src 'none'; style-src 'sha256-{_STYLE_DIGEST}'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)


async def show_docs(request: Request) -> Response:
    headers = {"Content-Security-Policy": _POLICY, "Referrer-Policy": "no-referrer"}
    return Response(write_page(), media_type="text/html", headers=headers)


@cache
def write_page() -> str:
    document = build_document()
    return "\n".join(_write(document))


def _write(document: dict[str, Any]) -> Iterator[str]:
    info = document["info"]
    yield (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(info['title'])} HTTP interface</title>\n<style>{_STYLE}</style>\n</head>\n<body>"
    )
    yield f"<h1>{escape(info['title'])} HTTP interface <span class='soft'>{escape(info['version'])}</span></h1>"
    yield from (f"<p>{_inline(part)}</p>" for part in info["description"].split("\n\n"))
    yield '<p>For machines: <a href="openapi.json">openapi.json</a> (OpenAPI 3.1).</p>'
    operations = [
        (method, path, operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    ]
    yield "<nav aria-label='Routes'><ul>"
    for method, path, operation in operations:
        yield (
            f'<li><a href="#{operation["operationId"]}"><span class="method">{method.upper()}</span> '
            f"{escape(path)}</a></li>"
        )
    yield "</ul></nav>\n<main>"
    for method, path, operation in operations:
        yield from _write_operation(method, path, operation)
    yield "<h2 id='types'>Types</h2>"
    for name, schema in sorted(document["components"]["schemas"].items()):
        yield from _write_type(name, schema)
    yield "</main>\n</body>\n</html>"


def _write_operation(method: str, path: str, operation: dict[str, Any]) -> Iterator[str]:
    yield f'<h2 id="{operation["operationId"]}">{method.upper()} <code>{escape(path)}</code></h2>'
    yield f"<p><strong>{escape(operation['summary'])}.</strong> {_inline(operation.get('description', ''))}</p>"
    if operation["parameters"]:
        yield "<table><caption>Parameters</caption><tr><th>Name<th>In<th>Type<th>Meaning</tr>"
        for parameter in operation["parameters"]:
            needed = " (needed)" if parameter.get("required") else ""
            yield (
                f"<tr><td><code>{escape(parameter['name'])}</code>{needed}<td>{parameter['in']}"
                f"<td>{_type(parameter['schema'])}<td>{_inline(parameter.get('description', ''))}</tr>"
            )
        yield "</table>"
    if "requestBody" in operation:
        yield "<table><caption>Body</caption><tr><th>Content-Type<th>Type</tr>"
        yield from _write_content(operation["requestBody"]["content"], "")
        yield "</table>"
    yield "<table><caption>Answers</caption><tr><th>Status<th>Content-Type<th>Type</tr>"
    for status, answer in operation["responses"].items():
        about = f"<td>{status} {escape(answer['description'])}"
        if "content" in answer:
            yield from _write_content(answer["content"], about)
        else:
            yield f"<tr>{about}<td>–<td>–</tr>"
    yield "</table>"


def _write_content(content: dict[str, Any], before: str) -> Iterator[str]:
    for media_type, of_type in content.items():
        yield f"<tr>{before}<td><code>{escape(media_type)}</code><td>{_type(of_type['schema'])}</tr>"


def _write_type(name: str, schema: dict[str, Any]) -> Iterator[str]:
    yield f'<h3 id="type-{escape(name)}">{escape(name)}</h3>'
    if "description" in schema:
        yield f"<p>{_inline(schema['description'])}</p>"
    if "properties" not in schema:
        yield f"<p>{_type(schema)}</p>"
        return
    yield "<table><tr><th>Field<th>Type<th>Meaning</tr>"
    for field, of_field in schema["properties"].items():
        needed = "" if field in schema.get("required", []) else " <span class='soft'>(may be left out)</span>"
        yield (
            f"<tr><td><code>{escape(field)}</code>{needed}<td>{_type(of_field)}"
            f"<td>{_inline(of_field.get('description', ''))}</tr>"
        )
    yield "</table>"


def _type(schema: dict[str, Any]) -> str:
    """Return a type in words, with links to the types that it is made of."""
    if "$ref" in schema:
        name = escape(schema["$ref"].rpartition("/")[2])
        return f'<a href="#type-{name}">{name}</a>'
    if "anyOf" in schema:
        return " or ".join(_type(option) for option in schema["anyOf"])
    if "enum" in schema:
        return ", ".join(f"<code>{escape(str(value))}</code>" for value in schema["enum"])
    return _plain_type(schema)


def _plain_type(schema: dict[str, Any]) -> str:
    if "const" in schema:
        return f"<code>{escape(str(schema['const']))}</code>"
    if schema.get("type") == "array":
        return f"list of {_type(schema.get('items', {}))}"
    if isinstance(schema.get("additionalProperties"), dict):
        return f"object of {_type(schema['additionalProperties'])}"
    return " ".join([str(schema.get("type", "any")), *_limits(schema)])


def _limits(schema: dict[str, Any]) -> Iterator[str]:
    words = {
        "format": "({})",
        "minLength": "of at least {} characters",
        "maxLength": "of at most {} characters",
        "minimum": "from {}",
        "maximum": "to {}",
        "default": "<span class='soft'>({} unless told)</span>",
    }
    for name, told in words.items():
        if name in schema and not (name == "minLength" and schema[name] == 1):
            value = schema[name]
            yield told.format(escape(value if isinstance(value, str) else orjson.dumps(value).decode()))


def _inline(text: str) -> str:
    """Return a text with what stands between backticks as code."""
    parts = escape(text).split("`")
    return "".join(f"<code>{part}</code>" if at % 2 else part for at, part in enumerate(parts))
