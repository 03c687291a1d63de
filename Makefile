# Every target sets up what it needs; a repeat run starts at once.
.PHONY: run test demo bench soak lint clean setup test-packages

PYTHON := .venv/bin/python
ROOMS := client ui devices sync printing resources yichuang
OUT := build/demo

.NOTPARALLEL:

run: .venv/.synced  ## four cases end to end, through an outage
	@.venv/bin/yichuang demo --cases 4 --outage 2-3 --out $(OUT)

demo: .venv/.synced  ## thirty cases, hub and client killed in the middle
	@.venv/bin/yichuang demo --cases 30 --outage 11-20 --out $(OUT)

test: test-packages lint  ## lint, types, contracts, tests, coverage floors; ends with pytest's closing line
	@$(PYTHON) -m pytest -p tests.floors $(ROOMS:%=--cov=%) --cov-report=

lint: .venv/.synced  ## ruff, mypy, import contracts
	@.venv/bin/ruff check --quiet .
	@.venv/bin/ruff format --check --quiet .
	@.venv/bin/mypy --no-error-summary
	@.venv/bin/lint-imports --no-logo

bench: .venv/.synced  ## build/bench.json and a table; not part of the tests
	@.ci/setup packages bench
	@$(PYTHON) -m tests.bench

soak: test-packages .venv/.synced  ## the attacks again, with thousands of faults
	@YICHUANG_SOAK=1 $(PYTHON) -m pytest tests/attack --timeout 0

clean:  ## what was built or cached, not the environment
	@rm -rf build .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis .coverage .coverage.*
	@find . -path ./.venv -prune -o -path ./.tools -prune -o -name __pycache__ -type d -exec rm -rf {} +

setup: test-packages .venv/.synced  ## everything, without running anything

.venv/.synced: uv.lock pyproject.toml .ci/setup .ci/packages
	@.ci/setup packages run
	@.ci/setup python

test-packages:
	@.ci/setup packages test
