# One recipe a line. `make` alone shows what there is.

PYTHON ?= python3
BIN := .venv/bin
CODE := generator spotwire_core auth_hooks spotwire_sim spotwire_contract spotwire_cli generated
.DEFAULT_GOAL := help

.PHONY: help
help: ## Show this help
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: setup
setup: .venv/ready ## Make .venv with the exact versions of requirements.lock

.venv/ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "spotwire needs Python 3.11 or newer; try make PYTHON=python3.12 setup"; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

.PHONY: generate
generate: setup ## Generate the clients and pages from specs/
	$(BIN)/python -m generator

.PHONY: run
run: setup generate ## Trade on the simulated venues, check the contract, print a report
	$(BIN)/python -m examples.report

.PHONY: test
test: setup check mutants ## Everything that CI checks
	$(BIN)/python -m pytest -n auto --dist worksteal

.PHONY: check
check: setup ## Style, types and that generated/ is up to date; no tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy $(CODE) examples tests bench
	$(BIN)/pyright
	$(BIN)/python -m generator --check

.PHONY: contract
contract: setup ## Check simulated venues and clients against the documents with generated requests and calls
	$(BIN)/spotwire contract all

.PHONY: check-specs
check-specs: setup ## Say what is wrong in specs/, as file:line:col: message
	$(BIN)/python -m generator --check

.PHONY: mutants
mutants: setup ## Plant mistakes in simulator, clients and specs: every one must be caught
	$(BIN)/python -m pytest tests/mutants -m mutants -n auto --dist worksteal

.PHONY: soak
soak: setup ## Make 100,000 calls and read streams where everything fails, held to account; 10,000 sequences against conservation of money
	PYTHONPATH=tests $(BIN)/python -m soak
	PYTHONPATH=tests $(BIN)/python -m soak.streams
	HYPOTHESIS_PROFILE=soak $(BIN)/python -m pytest tests/spotwire_sim/test_conservation.py -k money --hypothesis-show-statistics

.PHONY: docs
docs: setup ## Renew docs/simulator-operations.md
	$(BIN)/spotwire operations --markdown > docs/simulator-operations.md

.PHONY: bench
bench: setup ## Measure against floors and peers
	$(BIN)/python -m bench

.PHONY: lock
lock: setup ## Renew requirements.lock (needs uv)
	uv pip compile pyproject.toml --group dev --extra contract --extra redis --extra streams --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate --quiet --output-file requirements.lock

.PHONY: build
build: setup ## Build wheel and source distribution into dist/
	$(BIN)/python -m hatchling build

.PHONY: clean
clean: ## Remove everything that can be made again
	rm -rf .venv build dist .generated-stamp .mypy_cache .pytest_cache .ruff_cache .hypothesis
