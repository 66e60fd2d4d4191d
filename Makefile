# Needs make and Python 3.11 or later; everything else is fetched into .venv and .cache.
.DEFAULT_GOAL := help
.PHONY: help setup run test check bench calibrate rules-diff rules-record fuzz lock upgrade clean
SHELL := /bin/sh

PYTHON ?= $(shell for name in python3 python3.13 python3.12 python3.11 python3.14 python; do \
	if "$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then echo "$$name"; break; fi; done)
BIN := .venv/bin
WORKERS ?= 2

help:  ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /  make \1	/p' Makefile | expand -t 16

setup: .python  ## fetch what the program needs: Python packages and, where possible, system packages
	@"$(PYTHON)" tools/system_packages.py reading
	@"$(PYTHON)" tools/environment.py

run: setup  ## turn the sample archive corpus/documents into the dataset in outputs/
	@$(BIN)/solieu run corpus/documents --out outputs

test: setup  ## style, types, all tests, and the wheel in an empty environment
	@"$(PYTHON)" tools/system_packages.py testing
	@$(MAKE) --no-print-directory check
	@$(BIN)/python -m pytest -n $(WORKERS) --dist loadgroup

check: setup  ## style and types only
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

bench: setup  ## run the benchmarks
	@set -e; for file in benchmarks/bench_*.py; do \
		if [ -e "$$file" ]; then echo "== $$file"; $(BIN)/python "$$file"; else echo "There are no benchmarks yet."; fi; done

rules-diff: setup  ## what the rules gain and lose over the sample archive since it was recorded
	@$(BIN)/solieu rules diff

rules-record: setup  ## record what the sample archive gives now, for rules-diff
	@$(BIN)/solieu rules diff --record

fuzz: setup  ## 2,000 damaged documents through a whole run (for the night)
	@$(BIN)/python tests/faults/fuzzing.py 2000

calibrate: setup  ## fit rules/confidence.yaml to the readings of unseen documents
	@$(BIN)/python benchmarks/fit_confidence.py

lock: .python  ## pin what pyproject.toml asks for and the lock files do not hold yet
	@"$(PYTHON)" tools/environment.py lock

upgrade: .python  ## pin the newest versions that pyproject.toml admits
	@"$(PYTHON)" tools/environment.py upgrade

clean:  ## remove everything that was made, but for the dataset in outputs/
	rm -rf .venv .cache .mypy_cache .ruff_cache .pytest_cache .hypothesis dist
	find pipeline tests tools corpus benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +

.PHONY: .python
.python:
	@if [ -z "$(PYTHON)" ]; then \
		echo "Python 3.11 or later is needed, and none was found." >&2; \
		echo "Hint: install it, or name it: make PYTHON=/path/to/python3.12 run" >&2; exit 2; fi
