# Every target sets up what it needs; a repeat run starts at once.
.PHONY: run test demo bench build soak fuzz lint clean setup test-packages

PYTHON := .venv/bin/python
ROOMS := client ui devices sync printing resources yichuang
OUT := build/demo

.NOTPARALLEL:

# A test starts hundreds of programs of ours: where the machine forbids it, each would compile all it imports anew.
unexport PYTHONDONTWRITEBYTECODE

run: .venv/.synced  ## the window in the demo hall; without a screen the same under Xvfb, with pictures
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ]; then .venv/bin/yichuang run --profile demo; \
	else .venv/bin/yichuang demo --cases 4 --outage 2-3 --simulated --out $(OUT); fi

demo: .venv/.synced  ## thirty cases by keys at the window; SANE, CUPS, hub and window killed in the middle
	@.ci/setup packages demo
	@.venv/bin/yichuang demo --cases 30 --outage 11-20 --out $(OUT)

build: .venv/.synced  ## the packaged program, build/dist/yichuang, tried outside the source tree
	@.ci/setup packages build
	@.venv/bin/pyinstaller build.spec --noconfirm --log-level ERROR --distpath build/dist --workpath build/work
	@$(PYTHON) -m tests.packaged build/dist/yichuang

test: test-packages lint  ## lint, types, contracts, tests, coverage floors; ends with pytest's closing line
	@$(PYTHON) -m pytest -n 3 --no-loadscope-reorder --max-worker-restart 0 -p tests.floors $(ROOMS:%=--cov=%) --cov-report=

lint: .venv/.synced  ## ruff, mypy, import contracts
	@.venv/bin/ruff check --quiet .
	@.venv/bin/ruff format --check --quiet .
	@.venv/bin/mypy --no-error-summary
	@.venv/bin/lint-imports --no-logo

bench: .venv/.synced  ## build/bench.json and a table; not part of the tests
	@.ci/setup packages bench
	@$(PYTHON) -m tests.bench

soak: test-packages .venv/.synced  ## the attacks with thousands of faults, or for MINUTES=20; a table at the end
	@YICHUANG_SOAK=1 YICHUANG_SOAK_MINUTES=$(MINUTES) $(PYTHON) -m pytest tests/attack --timeout 0 -o faulthandler_timeout=0

fuzz: .venv/.synced  ## each parser of foreign bytes under a coverage-guided fuzzer, MINUTES=5 together; a table at the end
	@.ci/setup python --group fuzz
	@YICHUANG_FUZZ_MINUTES=$(MINUTES) $(PYTHON) -m tests.fuzz

clean:  ## what was built or cached, not the environment
	@rm -rf build .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis .coverage .coverage.*
	@find . -path ./.venv -prune -o -path ./.tools -prune -o -name __pycache__ -type d -exec rm -rf {} +

setup: test-packages .venv/.synced  ## everything, without running anything

.venv/.synced: uv.lock pyproject.toml .ci/setup .ci/packages
	@.ci/setup packages run
	@.ci/setup python

test-packages:
	@.ci/setup packages test
