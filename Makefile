# Needs Python >= 3.11, make and git. Everything else goes into .venv.
PYTHON ?= python3
UV_VERSION = 0.13.9
VENV = $(CURDIR)/.venv
UV = $(VENV)/bin/uv
export UV_PROJECT_ENVIRONMENT = $(VENV)
export UV_CACHE_DIR ?= $(VENV)/cache
export UV_PYTHON = $(VENV)/bin/python
export UV_PYTHON_DOWNLOADS = never
export DO_NOT_TRACK = 1

.PHONY: setup run test test-slow check bench

setup: $(VENV)/ready

$(UV):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; this is " + sys.version.split()[0])'
	$(PYTHON) -m venv $(VENV)
	$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)

$(VENV)/ready: $(UV) pyproject.toml uv.lock
	$(UV) sync --frozen --inexact --quiet
	@$(VENV)/bin/python -c "open('$@', 'w').close()"

run: setup
	@$(VENV)/bin/luoshu up --demo

test: setup
	$(VENV)/bin/pytest -n 2 --dist loadfile

test-slow: setup
	$(VENV)/bin/pytest -m slow

check: setup
	$(VENV)/bin/ruff format --check
	$(VENV)/bin/ruff check
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports
	$(UV) lock --check

bench: setup
	$(UV) sync --frozen --inexact --quiet --group bench
	$(VENV)/bin/python -m benchmarks.expansion
	$(VENV)/bin/python -m benchmarks.intake
	$(VENV)/bin/python -m benchmarks.storing
	$(VENV)/bin/python -m benchmarks.weekly compare
	$(VENV)/bin/python -m benchmarks.weekly growth
