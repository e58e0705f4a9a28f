# Plats: every command a developer needs. `make` alone lists them.
# Wants only Python 3.11 or later; another one than `python3` is named by `make PYTHON=/path/to/python setup`.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready
CODE := domain application infrastructure web demo bench tests
WORKERS ?= 2
TESTS ?=

.DEFAULT_GOAL := help
.PHONY: help setup demo test check torture screenshots lock format clean

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(READY) ## make .venv with everything from requirements.lock

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "Plats needs Python 3.11 or later: install one, or name it with make PYTHON=/path/to/python3.11 $(MAKECMDGOALS)" >&2; exit 1; }
	@rm -f $(READY)
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
		echo "Python cannot make $(VENV): on Debian and Ubuntu, apt-get install python3-venv" >&2; exit 1; }
	@awk '/^uv==/{p=1} p{print} p && !/\\$$/{exit}' requirements.lock > $(VENV)/uv.lock.txt
	@$(BIN)/python -m pip --disable-pip-version-check install --quiet --require-hashes -r $(VENV)/uv.lock.txt
	@$(BIN)/uv pip sync --quiet --python $(BIN)/python --require-hashes requirements.lock || { \
		echo "uv could not install the lock; pip tries (slower)" >&2; \
		$(BIN)/python -m pip --disable-pip-version-check install --quiet --require-hashes -r requirements.lock; }
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --offline --editable .
	@touch $(READY)

demo: setup ## start Plats with a whole organiser to look at
	@$(BIN)/plats demo

test: setup ## all tests but the torture; one file: make test TESTS=tests/test_house.py
	@PATH="$(CURDIR)/$(BIN):$$PATH" sh tests/prepare
	@$(BIN)/pytest -n $(WORKERS) --dist loadscope -m "not torture" $(TESTS)

check: setup ## what must hold before a commit: style, types, who may import whom
	@$(BIN)/ruff check $(CODE)
	@$(BIN)/ruff format --check $(CODE)
	@$(BIN)/mypy
	@$(BIN)/lint-imports

torture: setup ## kills, storms and long runs
	@$(BIN)/pytest -m torture $(TESTS)

screenshots: setup ## take the pictures in docs/pictures anew
	@PATH="$(CURDIR)/$(BIN):$$PATH" sh tests/prepare
	@$(BIN)/python -m tests.screenshots

lock: setup ## choose versions anew, within pyproject.toml
	@$(BIN)/uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-emit-find-links --no-header --upgrade --quiet -o requirements.lock
	@$(MAKE) setup

format: setup ## lay the code out in the house style
	@$(BIN)/ruff check --fix-only --quiet $(CODE)
	@$(BIN)/ruff format $(CODE)

clean: ## remove what the commands above made; a demo's data stays in PLATS_HOME
	@rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .schemathesis
	@find $(CODE) -name __pycache__ -type d -prune -exec rm -rf {} +
