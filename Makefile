# `make demo` installs annotate and checks an article; `make check` installs and runs every test. See README.md.

FITS := import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 13))
PYTHON ?= $(shell for p in python3.12 python3.11 python3; do "$$p" -c '$(FITS)' 2>/dev/null && { echo "$$p"; break; }; done)
VENV := .venv
BIN := $(VENV)/bin
ARTICLE ?= corpus/articles/showcase.txt
INSTALL := $(BIN)/pip install --quiet --disable-pip-version-check

.PHONY: demo check lint test gate lock clean

demo: $(VENV)/run
	@mkdir -p out
	@$(BIN)/annotate check $(ARTICLE) || test $$? -eq 1
	@$(BIN)/annotate check $(ARTICLE) -o out/article.html 2>/dev/null || test $$? -eq 1
	@echo "The annotated page: file://$(CURDIR)/out/article.html"

check: lint gate test

lint: $(VENV)/dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

gate: $(VENV)/dev
	$(BIN)/python corpus/score.py --command "$(BIN)/annotate check --format jsonl"

test: $(VENV)/dev
	@.ci/browser
	@.ci/office
	@.ci/postgresql
	$(BIN)/pytest --numprocesses 2

# Locked and hash-checked; the build backend is in the lock too, so that nothing else is fetched.
$(VENV)/run: .ci/lock/run.txt pyproject.toml | $(VENV)
	$(INSTALL) --require-hashes --requirement .ci/lock/run.txt
	$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/dev: .ci/lock/dev.txt pyproject.toml | $(VENV)
	$(INSTALL) --require-hashes --requirement .ci/lock/dev.txt
	$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@ $(VENV)/run

$(VENV):
	@test -n "$(PYTHON)" && $(PYTHON) -c '$(FITS)' || { echo "annotate needs Python 3.11 or 3.12: make PYTHON=/path/to/python3.12"; exit 1; }
	$(PYTHON) -m venv $(VENV)

lock:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --extra build pyproject.toml -o .ci/lock/run.txt
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --extra build --extra dev pyproject.toml -o .ci/lock/dev.txt

clean:
	rm -rf $(VENV) out build dist
