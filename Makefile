# Every target makes what it needs: on a fresh machine, `make demo` and `make test` are the only steps.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin

# The browser's tests have a process of their own: what drives it runs an event loop in it to the end, which the others
# could not have theirs beside. A browser keeps two cores busy by itself.
TWO_AT_ONCE := --numprocesses=2 --dist=loadfile

.PHONY: help install demo test check bench format lock extension browser postgresql clean

help: ## List the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sort | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

install: .venv/.installed ## Make .venv with the project and all it needs to run and be tested

.venv/.installed: pyproject.toml requirements.lock
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Quotemark needs Python 3.11 or newer; set PYTHON=…")'
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

extension/node_modules/.installed: extension/package.json extension/package-lock.json
	cd extension && npm ci --no-audit --no-fund --loglevel=error
	touch $@

extension: extension/node_modules/.installed ## Build the extension into extension/dist/{chrome,firefox}, and a zip of each for the stores
	cd extension && npm run --silent build

demo: install extension ## Start a server with sample quotes and a sample news page
	$(BIN)/quotemark demo

browser:
	@{ command -v chromium && command -v firefox-esr && command -v curl; } >/dev/null || bash .ci/install-browsers

postgresql:
	@bash .ci/start-postgresql

test: install extension browser postgresql ## Run all tests, those in a real browser included
	cd extension && npm test
	$(BIN)/pytest $(TWO_AT_ONCE) --ignore=tests/browser
	$(BIN)/pytest tests/browser

check: install extension/node_modules/.installed ## Format, lint, types, import rules
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	cd extension && npm run --silent check

format: install extension/node_modules/.installed ## Put the code in its format
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	cd extension && npm run --silent format

bench: install ## Run the benchmarks (ARGS="--help" tells what can be chosen)
	$(BIN)/pip install --quiet --disable-pip-version-check ahocorasick-rs fuzzysearch tantivy 'psycopg[binary]'
	$(BIN)/python -m tests.bench $(ARGS)

lock: install ## Choose the dependencies' versions anew
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile pyproject.toml --group dev --generate-hashes --no-emit-index-url --universal \
		--python-version 3.11 --quiet --upgrade --custom-compile-command "make lock" -o requirements.lock

clean: ## Delete what was built
	rm -rf .venv extension/node_modules extension/dist dist build tests/output
