# CCIO Skills. "make help" says what there is.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.DEFAULT_GOAL := help
.PHONY: help run demo test check bench soak redteam lock clean

help: ## Say what there is
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

run: $(VENV)/run ## Start the app on this computer
	@$(BIN)/ccio-skills run $(ARGS)

demo: $(VENV)/run ## Start it with a made-up person on a throw-away store
	@$(BIN)/ccio-skills demo $(ARGS)

check: $(VENV)/dev ## Lint, types, walls and content: the fast part
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/ccio-skills check

test: check ## Everything, the real browser included
	$(BIN)/pytest -n 2 --dist worksteal --durations 10 $(ARGS)

bench: $(VENV)/dev ## Speed, memory, growth, plans and 50 kills, beside their floors
	$(BIN)/python -m benchmarks

soak: $(VENV)/dev ## Fifteen minutes of people coming and going; prints memory
	$(BIN)/python -m benchmarks.soak

redteam: $(VENV)/dev ## Attacks on cohort charts, and mutants they must see
	$(BIN)/python -m benchmarks.redteam

lock: $(VENV)/dev ## Work out the pinned versions again
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 \
	    --group pyproject.toml:build pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 \
	    --group pyproject.toml:build --group pyproject.toml:dev -c requirements.lock \
	    pyproject.toml -o requirements-dev.lock
	sed -i '1i # Exact versions with hashes; made by "make lock", which names no index. Do not edit.' \
	    requirements.lock requirements-dev.lock

clean: ## Remove the environment and what tools leave behind
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed, this is %d.%d" % sys.version_info[:2] if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)

# pip takes hashes and an editable install only in two steps.
$(VENV)/run: $(BIN)/python requirements.lock pyproject.toml
	@echo "Installing; this takes a minute or two the first time."
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/dev: $(VENV)/run requirements-dev.lock
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@
