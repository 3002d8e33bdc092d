"""The command line, run as a person runs it."""

from __future__ import annotations

import gzip
import json
import os
import re
import shlex
import sqlite3
import subprocess
import sys
import tomllib
from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner

from server.cli import demo
from server.cli.commands import COMMANDS, app
from server.settings import Settings
from server.store.folded import digest_folded
from tests.databases import address_on_server
from tests.server.quotes import make_quote
from tests.server_process import ServerProcess

FIXTURES = Path(__file__).parents[1] / "ingest" / "fixtures"
ARTICLE = FIXTURES / "polygraph-copied.txt"
PAGE = (
    "<html><body><p>\x1b[31mBeijing “strongly rejects any attempt by external forces to provoke unrest”, it "
    "said.</p></body></html>"
)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> ServerProcess:
    """A database with the article imported, and nothing served."""
    desk = ServerProcess(tmp_path_factory.mktemp("desk"))
    told = desk.run("import", "--publish", str(ARTICLE))
    assert "created" in told
    assert "(published)" in told
    assert "1 created, 0 updated, 0 unchanged, 0 failed" in told
    return desk


def test_the_same_import_again_changes_nothing(desk: ServerProcess) -> None:
    assert "0 created, 0 updated, 1 unchanged" in desk.run("import", "--publish", str(ARTICLE))
    assert "nothing was written" in desk.run("import", "--dry-run", str(ARTICLE))


def test_an_import_that_fails_says_why(desk: ServerProcess, tmp_path: Path) -> None:
    page = tmp_path / "news.html"
    page.write_text("<html><body><p>News of the day.</p></body></html>")
    done = desk.attempt("import", str(page))
    assert done.returncode == 1
    assert re.search(r"^failed +\S*news\.html: \S", done.stdout)


def test_a_page_of_an_unknown_publisher_is_imported_with_its_address(
    desk: ServerProcess, tmp_path: Path
) -> None:
    page = tmp_path / "moons.txt"
    page.write_text("Claim: “Two moons rose that night.”\nVerdict: False\n")
    assert "give the article’s address (url), too" in desk.attempt("import", str(page)).stdout
    told = desk.run("import", "--dry-run", str(page), "--url", "https://www.snopes.com/fact-check/moons/")
    assert "publisher:    given address: https://www.snopes.com/" in told
    told = desk.attempt("import", str(page), "--url", "https://checks.example/moons/").stdout
    assert "its address is of no publisher that is known here" in told
    for refused in (["--url", "moons"], [str(page), "--url", "https://www.snopes.com/"]):
        assert desk.attempt("import", str(page), *refused).returncode == 2


def test_of_a_long_table_all_that_fails_is_told_and_what_is_dropped(
    desk: ServerProcess, tmp_path: Path
) -> None:
    table = tmp_path / "long.csv"
    good = [f"Statement number {number} on the moons,False,Snopes,3/4/2020,snopes" for number in range(120)]
    bad = [",False,Snopes,,"] * 110
    table.write_text("\n".join(["quote,verdict,publisher,said on,url", *good, *bad]))
    told = desk.attempt("import", "--dry-run", "--partial", str(table)).stdout
    assert len(re.findall(r"^created ", told, re.MULTILINE)) == 100
    assert [int(line) for line in re.findall(r"^failed .*line (\d+):", told, re.MULTILINE)] == list(
        range(122, 232)
    )
    assert "long.csv, line 2: said_on was dropped, no complete and clear date: said on: 3/4/2020" in told
    assert "long.csv, line 2: url was dropped, not a complete http or https address: snopes" in told
    assert "Not clear, and left empty: 120 said_on, 120 url" in told
    assert "120 created, 0 updated, 0 unchanged, 110 failed" in told


def test_a_table_without_names_of_columns_is_told_and_its_first_row_is_not_lost(
    desk: ServerProcess, tmp_path: Path
) -> None:
    table = tmp_path / "bare.csv"
    table.write_text(
        "Two moons, rising;False;https://www.snopes.com/1\nOne moon, as ever;True;https://www.snopes.com/2\n"
    )
    assert "If it is a table, tell that: --type text/csv" in desk.attempt("import", str(table)).stdout
    told = desk.attempt("import", str(table), "--type", "text/csv").stdout
    assert "The first row seems to be a quote: say so, if the table has no header." in told
    mapped = ("--map", "text=1", "--map", "label=2", "--map", "url=3")
    told = desk.run("import", "--dry-run", str(table), "--no-header", *mapped)
    assert "bare.csv, line 1: “Two moons, rising”" in told
    assert "2 created, 0 updated, 0 unchanged, 0 failed" in told


def test_standard_input_is_imported_and_what_is_no_file_is_refused(
    desk: ServerProcess, tmp_path: Path
) -> None:
    table = "quote,verdict,publisher\nTwo moons rose that night,False,Snopes\n"
    assert "-, line 2: “Two moons rose that night”" in desk.run("import", "--dry-run", "-", stdin=table)
    for nothing in (tmp_path / "none.csv", tmp_path):
        done = desk.attempt("import", "--dry-run", "-", str(nothing), stdin=table)
        assert done.returncode == 2
        assert "Two moons" not in done.stdout


def test_a_compressed_file_that_is_cut_off_or_damaged_is_told(desk: ServerProcess, tmp_path: Path) -> None:
    table = "quote,verdict,publisher\n" + "".join(
        f"Moon {n * 104729**2 % 999983} rose,False,Snopes\n" for n in range(9_000)
    )
    packed = gzip.compress(table.encode())
    whole, cut, damaged = tmp_path / "whole.csv.gz", tmp_path / "cut.csv.gz", tmp_path / "damaged.csv.gz"
    whole.write_bytes(gzip.compress(b"quote,verdict,publisher\nTwo moons rose that night,False,Snopes\n"))
    cut.write_bytes(packed[:-2_000])
    damaged.write_bytes(packed[:-8] + b"x" * 8)
    done = desk.attempt("import", "--dry-run", str(cut), str(damaged), str(whole))
    assert done.returncode == 1
    assert re.search(r"cut\.csv\.gz: The file is compressed, and cut off", done.stdout)
    assert re.search(r"damaged\.csv\.gz: The file is compressed, and damaged", done.stdout)
    assert "whole.csv.gz, line 2: “Two moons" in done.stdout


def test_a_page_is_shown_with_its_quotes_and_a_legend(desk: ServerProcess, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(PAGE, encoding="utf-8")
    shown = desk.run("match", str(page))
    assert "unrest[1]”, it said." in shown
    assert "[1]  Unsubstantiated  Polygraph.info, on Xi Jinping (fragment)" in shown
    assert "\x1b" not in shown


def test_why_a_quote_is_not_found_is_told(desk: ServerProcess) -> None:
    (match,) = json.loads(desk.run("match", "-", "--json", stdin=PAGE))["matches"]
    assert desk.run("match", "-", "--why", match["quote"], stdin=PAGE) == "It is found in this text.\n"
    told = desk.run("match", "-", "--why", match["quote"], stdin="Beijing \x1b[31m“strongly rejects” it.")
    assert "“strongly rejects”" in told
    assert "Of its 29 words, 2 stand here, 2 in a row at most.\nA part of a quote" in told
    assert "\x1b" not in told
    refused = desk.attempt("match", "-", "--why", "q_none", stdin=PAGE)
    assert refused.returncode == 2
    assert "there is no quote q_none" in refused.stderr


def test_a_passage_that_curators_blocked_is_not_shown(desk: ServerProcess) -> None:
    digest = digest_folded("strongly rejects any attempt by external forces to provoke unrest")
    with sqlite3.connect(desk.database.partition("///")[2]) as stored:
        stored.execute("INSERT INTO blocked_passages SELECT id, ? FROM quotes", (digest,))
        stored.commit()
        assert json.loads(desk.run("match", "-", "--json", stdin=PAGE))["matches"] == []
        stored.execute("DELETE FROM blocked_passages")
    stored.close()


def test_what_strangers_wrote_does_not_steer_the_terminal(tmp_path: Path) -> None:
    desk, text = ServerProcess(tmp_path), "They need to drown the whole country in blood"
    quote = make_quote(text).model_dump(mode="json")
    quote["checks"][0]["publisher"] = "Q\x1b]0;pwn\x07 \u202eyliaD\x9b2J"
    quote["checks"][0]["verdict"]["rating"] = "false"
    (tmp_path / "quotes.ndjson").write_text(json.dumps(quote))
    (tmp_path / "quotes.ndjson").rename(tmp_path / "[red]\x1b]0;pwn\x07.ndjson")
    desk.run("token", "create", "Ann", "--role", "viewer")
    told = desk.run("import", "--publish", str(tmp_path / "[red]\x1b]0;pwn\x07.ndjson"))
    assert "[red]�]0;pwn�.ndjson, line 1: " in told
    told += desk.attempt("import", "none\x1b]0;pwn\x07").stderr
    with sqlite3.connect(tmp_path / "quotes.db") as stored:  # as an earlier version would have stored them
        stored.execute(
            "UPDATE checks SET publisher = ?, label = ?", (quote["checks"][0]["publisher"], "\x1b")
        )
        stored.execute("UPDATE tokens SET name = 'Ann\x1b]0;pwn\x07'")
    stored.close()
    told += desk.run("match", "-", stdin=f"<p>“{text}”</p>")
    told += desk.run("token", "list") + desk.run("export") + desk.run("export", "--format", "csv")
    assert "Q]0;pwn yliaD2J" in told
    assert not re.search("[\x00-\x08\x0e-\x1f\x7f-\x9f\u202e]", told)


def test_json_is_what_the_http_interface_answers(desk: ServerProcess) -> None:
    answer = json.loads(desk.run("match", "-", "--json", "--offsets", "utf16", stdin=f"<p>😀</p>{PAGE}"))
    assert set(answer) == {"revision", "offsets", "matches", "quotes", "text"}
    (match,) = answer["matches"]
    assert (answer["offsets"], match["kind"]) == ("utf16", "fragment")


def test_a_missing_page_is_told_in_plain_words(desk: ServerProcess) -> None:
    done = desk.attempt("match", "missing.html")
    assert done.returncode == 1
    assert done.stderr == "missing.html: No such file or directory\n"


def test_a_page_is_read_in_its_encoding_and_what_is_no_text_is_told(
    desk: ServerProcess, tmp_path: Path
) -> None:
    page = tmp_path / "page"
    for shown in (PAGE, re.sub(r"<[^>]*>", "", PAGE)):
        page.write_text(shown, encoding="utf-16")
        assert "unrest[1]”, it said." in desk.run("match", str(page))
    page.write_text((FIXTURES / "labelled.html").read_text(encoding="utf-8"), encoding="utf-16")
    told = desk.run("import", "--dry-run", str(page))
    assert "“There are two moons over our harbor.”" in told
    assert re.search(r"^    missing: +\w+(, \w+)*$", told, re.MULTILINE), "what the page does not tell"
    for name, content, told in [
        ("page.pdf", b"%PDF-1.7\n", "This is a PDF document"),
        ("page.docx", b"PK\x03\x04", "This is a zip archive, as office documents are"),
        ("page.png", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "This is no text"),
    ]:
        (tmp_path / name).write_bytes(content)
        done = desk.attempt("match", str(tmp_path / name))
        assert (done.returncode, done.stdout) == (1, "")
        assert f"{name}: {told}: save a page as HTML" in done.stderr
        assert f"{name}: {told}: save a page as HTML" in desk.attempt("import", str(tmp_path / name)).stdout


def test_the_version_is_told_alone(desk: ServerProcess) -> None:
    project = tomllib.loads((Path(__file__).parents[3] / "pyproject.toml").read_text())["project"]["version"]
    assert desk.run("--version") == f"quotemark {project}\n"


@pytest.mark.parametrize(("command", "told"), [(words, told) for words, (_, told) in COMMANDS.items()])
def test_each_command_of_the_table_tells_its_options(command: str, told: str) -> None:
    done = CliRunner().invoke(app, [*command.split(), "--help"])
    assert done.exit_code == 0
    assert told in " ".join(done.output.split())
    assert "--database" in done.output


@pytest.mark.parametrize(
    ("typed", "completed"),
    [
        ("quotemark im", ["import"]),
        ("quotemark token cr", ["create"]),
        ("quotemark import --dr", ["--dry-run"]),
    ],
)
def test_the_shell_completes_commands_and_their_options(
    typed: str, completed: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("_QUOTEMARK_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", typed)
    monkeypatch.setenv("COMP_CWORD", str(len(typed.split()) - 1))
    with pytest.raises(SystemExit):
        app(prog_name="quotemark")
    assert capsys.readouterr().out.split() == completed


def test_what_lists_the_commands_imports_none_of_them() -> None:
    code = "import sys, server.cli.commands; print(*{name.partition('.')[0] for name in sys.modules})"
    imported = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert {"pydantic", "sqlalchemy", "numpy", "rich"}.isdisjoint(imported.split())


def test_a_token_is_printed_alone(desk: ServerProcess) -> None:
    assert re.fullmatch(r"qm_[A-Za-z0-9_-]{43}\n", desk.run("token", "create", "Ann", "--role", "editor"))


@pytest.mark.parametrize("name", ["", " ", "\x1b[31m", "a" * 101])
def test_a_name_that_nobody_sees_is_refused(desk: ServerProcess, name: str) -> None:
    for command in (["token", "create", name, "--role", "editor"], ["user", "add", name]):
        done = desk.attempt(*command, stdin="a password for tests\n")
        assert (done.returncode, done.stdout) == (2, "")
        assert "a name has 1 to 100 visible characters" in done.stderr


@pytest.mark.parametrize("number", ["0", "9" * 30, "one"])
def test_a_number_that_no_token_has_is_refused_in_plain_words(desk: ServerProcess, number: str) -> None:
    done = desk.attempt("token", "revoke", number)
    assert (done.returncode, "Traceback" in done.stderr) == (2, False)


def test_a_token_that_cannot_be_printed_is_revoked(desk: ServerProcess) -> None:
    done = desk.attempt_in_shell("token create unseen --role viewer >/dev/full")
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)
    assert re.search(r"unseen.*revoked", desk.run("token", "list"))


@pytest.mark.parametrize(
    ("command", "told"),
    [
        ("export >&-", "standard output is closed"),
        ("user add Ann <&-", "standard input is closed"),
        ("match - <&-", "standard input is closed"),
        ("import - <&-", "standard input is closed"),
        ("user add Ann", "the password is no text"),
    ],
)
def test_a_stream_that_is_closed_or_no_text_is_told_in_plain_words(
    desk: ServerProcess, command: str, told: str
) -> None:
    # As strictly as in most locales, and as in the C locale, which takes any byte.
    for encoding in ("utf-8", "utf-8:surrogateescape"):
        done = desk.attempt_in_shell(command, stdin=b"\xff\xfe" * 12, encoding=encoding)
        assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)
        assert told in done.stderr


def test_an_export_to_a_table_by_its_name_is_one(desk: ServerProcess, tmp_path: Path) -> None:
    for name, form in (("quotes.CSV", "csv"), ("quotes.txt", "ndjson")):
        desk.run("export", str(tmp_path / name))
        assert (tmp_path / name).read_text() == desk.run("export", "--format", form)


def test_pipes_by_name_are_read_and_written_and_stay_pipes(desk: ServerProcess, tmp_path: Path) -> None:
    table = b"quote,verdict,publisher\nTwo moons rose that night,False,Snopes\n"
    for stdin in (table, gzip.compress(table)):
        done = desk.attempt_in_shell("import --dry-run /dev/fd/3 3<&0 | cat", stdin=stdin)
        assert "/dev/fd/3, line 2: “Two moons rose that night”" in done.stdout
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen(["cat", pipe], stdout=subprocess.PIPE, text=True) as reader:
        desk.run("export", str(pipe))
        assert reader.communicate(timeout=30)[0] == desk.run("export")
    assert pipe.is_fifo()


def test_what_the_terminal_cannot_show_is_replaced_and_json_is_whole(
    desk: ServerProcess, tmp_path: Path
) -> None:
    page = tmp_path / "page.html"
    page.write_text(f"<p>月</p>{PAGE}", encoding="utf-8")
    shown = desk.attempt_in_shell(f"match {page}", encoding="latin-1")
    assert (shown.returncode, shown.stdout[:1]) == (0, "?")
    answer = desk.attempt_in_shell(f"match {page} --json", encoding="latin-1")
    assert json.loads(answer.stdout)["text"].startswith("月")


def test_a_database_is_copied_whole(desk: ServerProcess, tmp_path: Path) -> None:
    copy = f"sqlite+aiosqlite:///{tmp_path / 'copy.db'}"
    told = desk.run("db", "copy", "--to", copy)
    assert re.search(r"^ +1 quotes$", told, re.MULTILINE)
    assert desk.run("export", "--database", copy) == desk.run("export")

    done = desk.attempt("db", "copy", "--to", copy)
    assert (done.returncode, done.stdout) == (1, "")
    assert "the target is not empty" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("target", "code", "told"),
    [
        ("nonsense", 2, "--to: must be an address"),
        ("postgresql+asyncpg://postgres@127.0.0.1:abc/quotes", 2, "--to: must be an address"),
        (address_on_server("quotemark_nowhere"), 1, "there is no such database"),
        (address_on_server("postgres", user="quotemark_nobody"), 1, "refuses the user"),
    ],
)
def test_an_address_that_leads_nowhere_is_told_in_plain_words(
    desk: ServerProcess, target: str, code: int, told: str
) -> None:
    done = desk.attempt("db", "copy", "--to", target)
    assert (done.returncode, len(done.stderr.splitlines())) == (code, 1)
    assert told in done.stderr


def test_a_file_that_is_no_database_is_told_in_plain_words(desk: ServerProcess, tmp_path: Path) -> None:
    (tmp_path / "letter.db").write_text("Dear Ann, this is no database. " * 100)
    letter = f"sqlite+aiosqlite:///{tmp_path / 'letter.db'}"
    for command in (
        ["db", "copy", "--to", letter],
        ["db", "copy", "--database", letter, "--to", "sqlite+aiosqlite://"],
        ["export", "--database", letter],
    ):
        done = desk.attempt(*command)
        assert (done.returncode, done.stderr) == (
            1,
            f"{tmp_path / 'letter.db'}: the file is no SQLite database\n",
        )


def test_a_database_that_was_not_there_is_told_of(desk: ServerProcess, tmp_path: Path) -> None:
    new = tmp_path / "misspelt.db"
    makes_a_token = ["token", "create", "me", "--role", "viewer"]
    for command in (["match", "-"], ["export"], makes_a_token, ["user", "add", "Ann"]):
        done = desk.attempt(*command, "--database", f"sqlite+aiosqlite:///{new}", stdin="A page of words")
        assert done.returncode == 0
        assert f"there was no database {new}" in done.stderr
        assert ("nothing is published in" in done.stderr) == (command[0] == "match")
        new.unlink()


@pytest.mark.parametrize(
    ("database", "told"),
    [
        ("sqlite+aiosqlite:///{folder}", "the database {folder} can't be reached: this is a folder\n"),
        (
            "sqlite+aiosqlite:///{folder}/missing/quotes.db",
            "the database {folder}/missing/quotes.db can't be reached: there is no folder {folder}/missing\n",
        ),
        (
            "postgresql+asyncpg://ann:s3cret@no.such.host.invalid/quotes",
            (
                "the database postgresql+asyncpg://ann:***@no.such.host.invalid/quotes can't be reached: "
                "no host of this name is known\n"
            ),
        ),
        (
            "postgresql+asyncpg://ann:s3cret@127.0.0.1:1/quotes",
            (
                "the database postgresql+asyncpg://ann:***@127.0.0.1:1/quotes can't be reached: "
                "connection refused; try again in a moment\n"
            ),
        ),
    ],
)
def test_a_database_that_cannot_be_opened_is_named_with_the_cause(
    desk: ServerProcess, tmp_path: Path, database: str, told: str
) -> None:
    done = desk.attempt("export", "--database", database.format(folder=tmp_path))
    assert (done.returncode, done.stderr) == (1, told.format(folder=tmp_path))


def test_settings_are_listed_without_passwords(desk: ServerProcess) -> None:
    listed = desk.run("settings", "--database", "postgresql+asyncpg://quotemark:s3cret@db/quotes")
    assert "QUOTEMARK_DATABASE=postgresql+asyncpg://quotemark:***@db/quotes\n" in listed
    assert "QUOTEMARK_PORT=8000\n" in listed


def test_faulty_settings_are_told_in_plain_words(desk: ServerProcess) -> None:
    done = desk.attempt("--database", "oracle://", "settings")
    assert done.returncode == 2
    assert done.stderr.startswith("QUOTEMARK_DATABASE: must be an address of the form")


def test_the_database_is_made_and_upgraded(desk: ServerProcess, tmp_path: Path) -> None:
    for _ in range(2):
        desk.run("db", "upgrade", "--database", f"sqlite+aiosqlite:///{tmp_path / 'new.db'}")
    assert (tmp_path / "new.db").exists()


@pytest.mark.parametrize(
    ("sources", "built", "told"),
    [
        (False, False, "in a checkout"),
        (True, False, "run `make extension` first"),
        (True, True, "Load unpacked"),
    ],
)
def test_the_demo_tells_what_there_is_to_load(
    sources: bool,
    built: bool,
    told: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(demo, "_SOURCES", tmp_path if sources else tmp_path / "none")
    monkeypatch.setattr(demo, "_BUILT", tmp_path if built else tmp_path / "none")
    address = "postgresql+asyncpg://me:s3cret@[fe80::1]/quotes"
    demo._explain(Settings(host="::1", database=address), 29, "password")
    shown = capsys.readouterr().out
    assert told in shown
    assert "http://[::1]:8000/demo/" in shown
    assert "from postgresql+asyncpg://me:***@[fe80::1]/quotes" in shown
    assert (str(tmp_path) in shown) == sources


@pytest.mark.parametrize("order", ["{database} demo {port}", "demo {port} {database}"])
def test_the_demo_serves_the_samples_and_a_page_that_prints_them(order: str, tmp_path: Path) -> None:
    demo = ServerProcess(tmp_path, second_person=True, workers=2)
    database = f"sqlite+aiosqlite:///{tmp_path / 'demo.db'}"
    demo.start(*order.format(port=f"--port {demo.port}", database=f"--database {database}").split())
    try:
        for path in ("/", "/demo"):
            page = demo.client.get(path, follow_redirects=True)
            assert page.url.path == "/demo/"
        answer = demo.client.post("/v1/match", content=page.content, headers={"Content-Type": "text/html"})
        assert answer.status_code == httpx.codes.OK
        assert len(answer.json()["matches"]) >= 5
        told = demo.log.read_text(encoding="utf-8")
        assert f"http://127.0.0.1:{demo.port}/demo/" in told
        assert f"29 sample quotes from {database}" in told
        (command,) = re.findall(r"quotemark (--database .* token create .*)", told)
        token = demo.run(*shlex.split(command)).strip()
        drafts = demo.client.get("/v1/quotes?status=draft", headers=demo.headers(token))
        assert drafts.status_code == httpx.codes.OK
    finally:
        demo.client.close()
        demo.stop()


def test_a_port_in_use_is_told(tmp_path: Path, desk: ServerProcess) -> None:
    with ServerProcess(tmp_path) as server:
        done = desk.attempt("serve", "--port", str(server.port))
        assert (done.returncode, done.stderr.count("\n")) == (1, 1)
        assert f"can't listen on 127.0.0.1:{server.port}: the port is in use" in done.stderr

        made = f"sqlite+aiosqlite:///{tmp_path / 'demo.db'}"
        done = desk.attempt("demo", "--port", str(server.port), "--database", made)
    assert done.returncode == 1
    assert "choose another with --port" in done.stderr
    assert not (tmp_path / "demo.db").exists()


@pytest.mark.parametrize("host", ["no.such.host.invalid", "192.0.2.1"])
def test_a_host_that_is_not_of_this_machine_is_told(desk: ServerProcess, host: str) -> None:
    done = desk.attempt("serve", "--host", host, "--port", "8000")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert f"can't listen on {host}:8000: " in done.stderr


def test_the_process_stops_when_asked(tmp_path: Path) -> None:
    with ServerProcess(tmp_path) as server:
        server.publish(make_quote().model_dump(mode="json"))
        assert server.stop() == 0
        assert "Traceback" not in server.log.read_text(encoding="utf-8")
