"""A news site on this machine: pages of the tests, served to the browser under the name of a public site."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from string import Template

HOST = "news.example"
PAGES = Path(__file__).parent / "pages"


class NewsSite:
    """A context manager that serves pages put into it by `publish`, and the files of `pages/`."""

    def __init__(self) -> None:
        self._pages: dict[str, tuple[bytes, dict[str, str]]] = {}
        self._held: dict[str, threading.Event] = {}
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    @property
    def url(self) -> str:
        """The site as the browser knows it: a public name (see `Reader`), which leads to this machine."""
        return f"http://{HOST}:{self.port}"

    @property
    def local_url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def publish(self, path: str, html: str, **headers: str) -> str:
        """Put a page there, and return its address. Headers are given as `content_security_policy="…"`."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self._pages[path] = (html.encode(), named)
        return self.url + path

    def publish_article(self, path: str, paragraphs: str, **headers: str) -> str:
        """Publish an article in the form of a news page: `paragraphs` is its body as HTML."""
        frame = Template((PAGES / "article.html").read_text(encoding="utf-8"))
        return self.publish(path, frame.substitute(paragraphs=paragraphs), **headers)

    def hold(self, path: str) -> None:
        """Keep silent where this page is asked for, until `let_go`."""
        self._held[path] = threading.Event()

    def let_go(self, path: str) -> None:
        self._held.pop(path).set()

    def __enter__(self) -> NewsSite:
        self._thread.start()
        return self

    def __exit__(self, *_raised: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        pages, held = self._pages, self._held

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                path = self.path.partition("?")[0]
                file = PAGES / path.lstrip("/")
                if path in held:
                    held[path].wait()
                if path in pages:
                    body, headers = pages[path]
                elif file.is_file():
                    body, headers = file.read_bytes(), {}
                else:
                    self.send_error(404)
                    return
                self.send_response(200)
                self.send_header("Content-Length", str(len(body)))
                for name, value in ({"content-type": "text/html; charset=utf-8"} | headers).items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_line: object) -> None:
                """Say nothing: what is asked is no part of a test's output."""

        return Handler
