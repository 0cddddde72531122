# Everything a newcomer needs: `make demo` and `make test` set up what they use.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
NODE_EXTRA := $(shell node -e 'const [a,b]=process.versions.node.split(".").map(Number);process.exit(a>20||(a==20&&b>=9)?0:1)' 2>/dev/null || echo ,node)
EXTRAS := rehearsal,dev$(NODE_EXTRA)
# Most tests wait for real processes, so three of them keep two cores busy; a file's tests stay together.
PARALLEL ?= -n 3 --dist loadfile
# The slow ones build and compute: as many as there are cores on a small machine.
PARALLEL_FULL ?= -n 2 --dist loadfile

.PHONY: install demo test test-full check bench gen pictures clean

install: $(VENV)/.installed

$(VENV)/.installed: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo 'railwizard needs Python 3.11 or newer: try make PYTHON=python3.12'; exit 1; }
	@if command -v uv >/dev/null 2>&1; then \
		uv venv --quiet --allow-existing --python $(PYTHON) $(VENV) && \
		uv pip install --quiet --python $(BIN)/python --constraint constraints.txt --editable '.[$(EXTRAS)]'; \
	else \
		$(PYTHON) -c 'import ensurepip' 2>/dev/null || { echo 'Python has no ensurepip: install the package python3-venv (apt install python3-venv)'; exit 1; }; \
		test -x $(BIN)/python || $(PYTHON) -m venv $(VENV); \
		$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[$(EXTRAS)]'; \
	fi
	@touch $@

demo: install
	@$(BIN)/railwizard rehearse examples/vision-mvp --wait

test: install
	$(BIN)/python -m pytest -m 'not full' $(PARALLEL) $(if $(COVERAGE),--cov --cov-report=)

test-full: install
	$(BIN)/python -m pytest -m full $(PARALLEL_FULL) $(if $(COVERAGE),--cov --cov-append --cov-report=)

check: install
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: install
	$(BIN)/python -m tests.bench

# Regenerates committed files: the SDL (where RAILWAY_SCHEMA names an introspection result), the client, the schemas.
gen: install
	$(if $(RAILWAY_SCHEMA),$(BIN)/python -m wizard.standin.api.generate $(RAILWAY_SCHEMA))
	$(BIN)/python tools/generate_client.py
	$(BIN)/python -m wizard.plan.schema > wizard/plan/schema.json
	$(BIN)/python -m tools.plan_reference
	$(BIN)/python -m tools.keys_reference

# Rehearses the sample and draws what it said: docs/pictures/.
pictures: install
	$(BIN)/python -m tools.picture
	$(BIN)/python -m tools.screen_pictures

clean:
	rm -rf $(VENV) .coverage* .mypy_cache .ruff_cache .pytest_cache
