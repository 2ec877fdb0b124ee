# Tandem's tasks. Each makes the environment that it needs; Python 3.11 or later and make are enough.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
COMPILE := $(BIN)/python -m uv pip compile --quiet --upgrade --universal --python-version 3.11 \
           --generate-hashes --no-header --no-annotate --no-emit-index-url --extra build
ARGS ?=
YEARS ?= 1
SEED ?= 1
MUTANT ?= sound
DATABASE ?= sqlite
# A Bolt app in JavaScript is tried as well where npm is there.
MAGPIE := tests/playground/apps/javascript
NPM := $(shell command -v npm)

.DEFAULT_GOAL := help
.PHONY: help demo run test check look kills simulate bench pictures lock clean

help: ## show this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

demo: $(VENV)/.runtime ## try Tandem in your browser, without a Slack account
	@$(BIN)/tandem demo $(ARGS)

run: $(VENV)/.runtime ## serve a real workspace (reads the environment; see .env.example)
	@$(BIN)/tandem run $(ARGS)

test: look $(if $(NPM),$(MAGPIE)/node_modules) ## everything: format, lint, types, import contracts, all tests
	$(BIN)/python -m pytest -n 2 --dist worksteal $(ARGS)

check: look ## the quick look: as `test`, without the slow tests
	$(BIN)/python -m pytest -n 2 --dist worksteal -q -m "not slow and not browser" $(ARGS)

look: $(VENV)/.tests ## format, lint, types and import contracts only
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

kills: $(VENV)/.tests ## kill -9 at every step and again while it recovers, on both databases
	$(BIN)/python -m tests.kills $(ARGS)

bench: $(VENV)/.tests ## measure, ours beside the naive design
	$(BIN)/python -m tests.benchmarks $(ARGS)

simulate: $(VENV)/.tests ## play program years in a world that breaks: YEARS=200 SEED=1
	@PYTHONHASHSEED=0 $(BIN)/python -m tests.simulation --years $(YEARS) --seed $(SEED) --mutant "$(MUTANT)" \
		--database $(DATABASE) $(ARGS)

pictures: $(VENV)/.tests ## take the README's pictures anew from the running demo (needs Chromium)
	$(BIN)/python -m tests.pictures

lock: $(VENV)/.locking ## renew both lock files (versions and hashes, no index addresses)
	$(COMPILE) pyproject.toml -o requirements.txt
	$(COMPILE) --extra test -c requirements.txt pyproject.toml -o requirements-test.txt

clean: ## remove the environment and the caches
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis build *.egg-info

$(MAGPIE)/node_modules: $(MAGPIE)/package.json
	cd $(MAGPIE) && $(NPM) install --no-package-lock --ignore-scripts --no-audit --no-fund --silent && touch node_modules \
		|| echo "npm could not install @slack/bolt: the JavaScript app is not tried"

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: requirements.txt | $(BIN)/python
	$(PIP) install --quiet --require-hashes -r requirements.txt
	$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.tests: requirements-test.txt | $(BIN)/python
	$(PIP) install --quiet --require-hashes -r requirements-test.txt
	$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@ $(VENV)/.runtime

$(VENV)/.locking: | $(BIN)/python
	$(PIP) install --quiet "uv>=0.13"
	@touch $@
