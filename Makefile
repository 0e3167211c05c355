# Everything a person or CI runs. `make demo` and `make test` set up what they need by themselves.
# Packages come from the locks in requirements/, by exact version and hash: with uv where it is found, else with pip.

VENV := .venv
BIN := $(VENV)/bin
UV := $(shell command -v uv 2>/dev/null)
# The newest Python for which each locked package has a wheel. Raise it together with the locks.
NEWEST := 14
SUPPORTED := import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, $(NEWEST)))
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	if $$python -c '$(SUPPORTED)' 2>/dev/null; then echo $$python; break; fi; done)
PYTEST_OPTIONS ?= -n 2 --dist worksteal

ifneq ($(UV),)
MAKE_VENV = $(UV) venv --quiet --allow-existing --no-python-downloads --python "$$(command -v $(PYTHON))" $(VENV)
INSTALL = $(UV) pip install --quiet --python $(BIN)/python
else
MAKE_VENV = $(PYTHON) -m venv $(VENV)
INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check
endif
# Wheels only: nothing is compiled, and no package runs code while it is installed.
# The locks are complete: nothing else that a package asks for is installed.
INSTALL_LOCK = $(INSTALL) --only-binary :all: --no-deps --require-hashes -r
# The project itself brings nothing along: what it needs, and what it is built with, came from the lock.
INSTALL_PROJECT = $(INSTALL) --no-deps --no-build-isolation --editable .

LOCK_OPTIONS = --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header \
	--override requirements/override.txt \
	$(if $(UPGRADE),--upgrade)

.DEFAULT_GOAL := help
.PHONY: help install semantic install-dev demo test faults quality check lint types imports format lock secrets clean

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

install: $(VENV)/.app ## set up the application: .venv/bin/storytrail

semantic: $(VENV)/.semantic ## set up sentence vectors as well; then STORYTRAIL_SEMANTIC=on

install-dev: $(VENV)/.dev ## set up what the tests and checks need as well

demo: $(VENV)/.app ## follow the sample stories; ONCE=1 ends when all is read
	$(BIN)/storytrail demo $(if $(ONCE),--once)

test: $(VENV)/.dev ## run every test (PYTEST_OPTIONS="-k name" for some)
	$(BIN)/python -m pytest $(PYTEST_OPTIONS)

faults: $(VENV)/.dev ## the long proofs: kills at many moments, broken rules, hostile servers
	FAULTS=thorough $(BIN)/python -m pytest tests/faults tests/hostile $(PYTEST_OPTIONS)

quality: $(VENV)/.dev ## how well articles are read and stories found (QUALITY_DATA=folder: on the development data)
	$(BIN)/python -m bench.quality

check: lint types imports ## lint, types and import rules

lint: $(VENV)/.dev ## ruff: rules and format
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.dev ## mypy, strict
	$(BIN)/mypy

imports: $(VENV)/.dev ## which room may import which
	$(BIN)/lint-imports

format: $(VENV)/.dev ## let ruff rewrite what it can
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: ## make the locks again from pyproject.toml (needs uv; UPGRADE=1 takes newer versions)
	@$(if $(UV),,echo "make lock needs uv" >&2; exit 1)
	$(UV) pip compile $(LOCK_OPTIONS) --extra build pyproject.toml -o requirements/app.lock
	$(UV) pip compile $(LOCK_OPTIONS) --extra build --extra semantic --constraint requirements/app.lock \
		pyproject.toml -o requirements/semantic.lock
	$(UV) pip compile $(LOCK_OPTIONS) --extra dev --constraint requirements/app.lock pyproject.toml -o requirements/dev.lock

secrets: ## make the passwords and the token that docker-compose.yml reads, where missing
	@$(if $(PYTHON),$(PYTHON),python3) deploy/make_secrets.py secrets

clean: ## remove the environment and the caches; kept articles stay
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Each stamp is newer than what it was made from, so a second `make demo` installs nothing.

$(VENV)/.made:
	@if ! $(if $(PYTHON),$(PYTHON),false) -c '$(SUPPORTED)' 2>/dev/null; then \
		echo "Storytrail needs Python 3.11 to 3.$(NEWEST). Name one with: make PYTHON=/path/to/python3" >&2; exit 1; fi
	$(MAKE_VENV)
	@touch $@

$(VENV)/.pip: | $(VENV)/.made
	@# An environment that uv made has no pip; uv may have gone since.
	@$(if $(UV),true,$(BIN)/python -m pip --version >/dev/null 2>&1 || $(BIN)/python -m ensurepip)
	@touch $@

$(VENV)/.app: requirements/app.lock pyproject.toml | $(VENV)/.pip
	@echo "Installing what Storytrail needs into $(VENV), one to two minutes the first time ..."
	$(INSTALL_LOCK) requirements/app.lock
	$(INSTALL_PROJECT)
	@touch $@

$(VENV)/.semantic: requirements/semantic.lock $(VENV)/.app
	$(INSTALL_LOCK) requirements/semantic.lock
	@touch $@

$(VENV)/.dev: requirements/dev.lock pyproject.toml | $(VENV)/.pip
	@echo "Installing what the tests need into $(VENV), one to two minutes the first time ..."
	$(INSTALL_LOCK) requirements/dev.lock
	$(INSTALL_PROJECT)
	@touch $(VENV)/.app $@
