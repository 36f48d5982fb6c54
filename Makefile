# All that developers and CI do, in one word each. `make help` lists them.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := $(BIN)/uv
export PYTHONPATH := $(CURDIR)
# The system's certificates, as pip takes them: behind a company's proxy uv's own list fails.
export UV_SYSTEM_CERTS ?= $(if $(wildcard /etc/ssl/certs/*.crt),true,false)
PORTALS ?=
# Named once: the workers of a run have to draw the same order.
SEED := $(or $(SEED),$(shell date +%s))

.PHONY: help setup setup-dev run up test test-full test-random check audit format bench lock dictionary clean

help: ## List the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

$(VENV)/.bootstrap: requirements-bootstrap.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) or sys.version_info >= (3, 14))' || \
	  { echo "Python 3.11, 3.12 or 3.13 is needed, and $(PYTHON) is $$($(PYTHON) --version 2>&1). Remedy: make PYTHON=python3.12 …" >&2; exit 2; }
	@$(PYTHON) -m venv $(VENV) || \
	  { rm -rf $(VENV); echo "$(PYTHON) cannot make a virtual environment. Remedy on Debian and Ubuntu: apt-get install python3-venv" >&2; exit 2; }
	@echo "Setting up $(VENV) …"
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-bootstrap.lock
	@touch $@

$(VENV)/.runtime: $(VENV)/.bootstrap requirements.lock
	@$(UV) pip install --python $(BIN)/python --require-hashes -r requirements.lock
	@touch $@

$(VENV)/.dev: $(VENV)/.runtime requirements-dev.lock
	@$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements-dev.lock
	@touch $@

setup: $(VENV)/.runtime ## Make .venv from the lock

setup-dev: $(VENV)/.dev ## The same, with what tests and checks need

run: setup ## The whole pipeline once through Airflow, on the sample portals (or PORTALS=DIR)
	@$(BIN)/python -m ops.run $(if $(PORTALS),--portals $(PORTALS))

up: setup ## Airflow with its web UI and live schedules, on loopback; Ctrl-C stops it
	@$(BIN)/python -m ops.up

check: setup-dev ## Format, lint, types
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

audit: $(VENV)/.bootstrap ## Known weaknesses of the locked versions; needs a network that reaches the registry
	$(UV) tool run --from pip-audit==2.10.1 pip-audit --strict --disable-pip --require-hashes -r requirements-cluster.lock

format: setup-dev ## Rewrite the code in the common format
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

test: check ## Static checks and the tests
	$(BIN)/python -m pytest -m "not full" -n 2 --dist loadscope

test-full: check ## The whole matrices too
	$(BIN)/python -m pytest -n 2 --dist loadscope

test-random: check ## The tests in random order (SEED=n for the same order again)
	$(BIN)/python -m pytest -m "not full" -n 2 --dist loadscope --random-order --random-order-seed=$(SEED)

bench: setup-dev ## Benchmarks, with their peers, but not the soak; results belong in docs/benchmarks.md
	@for file in $(filter-out benchmarks/soak.py,$(sort $(wildcard benchmarks/[a-z]*.py))); do $(BIN)/python $$file || exit 1; done

dictionary: setup ## Write docs/dictionary.md anew from the warehouse's comments
	$(BIN)/python -m warehouse describe --markdown > docs/dictionary.md

lock: $(VENV)/.bootstrap ## Resolve the dependencies anew into the lock files
	$(UV) pip compile -q pyproject.toml --extra dev --extra cluster --extra lake --extra s3 --universal --python-version 3.11 \
	  --no-annotate --generate-hashes --no-emit-index-url --no-header -o requirements-dev.lock
	grep -E '^[a-z0-9.-]+==' requirements-dev.lock | sed 's/ \\//' > $(VENV)/constraints.txt
	$(UV) pip compile -q pyproject.toml -c $(VENV)/constraints.txt --universal --python-version 3.11 --no-annotate \
	  --generate-hashes --no-emit-index-url --no-header -o requirements.lock
	$(UV) pip compile -q pyproject.toml --extra cluster --extra lake --extra s3 -c $(VENV)/constraints.txt --universal --python-version 3.11 \
	  --no-annotate --generate-hashes --no-emit-index-url --no-header -o requirements-cluster.lock

clean: ## Remove the environment and caches; data/ stays
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis
