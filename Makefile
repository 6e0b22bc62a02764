# Khyber Atlas. `make help` lists the targets.
# Needs Python 3.11 or newer, make and git; everything else goes into .venv.

SHELL := /bin/sh
VENV  := .venv
BIN   := $(VENV)/bin
PY    := $(BIN)/python
PIP   := $(PY) -m pip --disable-pip-version-check install --quiet

HOST ?= localhost
PORT ?= 8501
ARGS ?=
WORKERS ?= 2
ONLY ?=
SECONDS ?= 60

# A stamp is newer than the requirements it was made from, or they are installed again.
RUN   := $(VENV)/.installed-run
DEV   := $(VENV)/.installed-dev
SEEDS := $(VENV)/.installed-seeds

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run test lint format types check bench fuzz seeds browser pictures pins clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(RUN) ## Open the atlas (PORT=8501, HOST=localhost)
	@echo "Khyber Atlas: http://$(HOST):$(PORT)  (Ctrl+C stops it)"
	@mkdir -p static
	@STREAMLIT_LOGGER_HIDE_WELCOME_MESSAGE=true $(BIN)/streamlit run app.py \
		--server.address $(HOST) --server.port $(PORT) $(ARGS)

test: lint types browser ## Lint, types and all tests, those in a browser too (ARGS=…for pytest)
	$(PY) -m pytest --numprocesses $(WORKERS) --dist worksteal $(ARGS)

lint: $(DEV) ## Check style and format
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

format: $(DEV) ## Mend what the linter can, and format
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

types: $(DEV) ## Check types
	$(BIN)/mypy

check: $(RUN) ## Check the built-in data: checksums, schema, geometry, joins
	@$(PY) cli.py check

bench: $(DEV) browser ## Run every benchmark
	@for file in bench/[!_]*.py; do \
		name=$$(basename "$$file" .py); echo "== $$name"; \
		$(PY) -m "bench.$$name" || exit 1; \
	done

fuzz: $(DEV) ## Fuzz readers, parsers and the address, guided by coverage (SECONDS=60 each)
	@$(PIP) -r requirements-fuzz.txt
	@$(PY) -m tests.fuzz --seconds $(SECONDS)

seeds: $(SEEDS) ## Rebuild the built-in data (needs npm; ONLY="records package" does not)
	$(PY) -m seeds.build $(ONLY)

pictures: $(DEV) browser ## Take the README's pictures of the app anew
	$(PY) -m docs.pictures

# The tests that need a browser say so themselves and fail; the others should still run.
browser: $(DEV) ## Look for a Chromium; get one where there is none
	@$(PY) -m tests.get_browser || true

COMPILE = CUSTOM_COMPILE_COMMAND="make pins" $(BIN)/pip-compile --quiet --strip-extras \
	--no-emit-index-url --no-emit-trusted-host --no-emit-find-links

pins: $(DEV) ## Pin again after a change of pyproject.toml (UP=--upgrade: the newest allowed)
	$(COMPILE) $(UP) --output-file requirements.txt pyproject.toml
	$(COMPILE) $(UP) --constraint requirements.txt --extra dev \
		--output-file requirements-dev.txt pyproject.toml
	$(COMPILE) $(UP) --constraint requirements.txt --extra seeds \
		--output-file requirements-seeds.txt pyproject.toml

clean: ## Remove the environment, caches and generated files
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis static test-output

$(RUN): requirements.txt | $(PY)
	@echo "Installing what the atlas needs (once; a few minutes)…"
	@$(PIP) -r requirements.txt
	@touch $@

$(DEV): requirements-dev.txt | $(PY)
	@echo "Installing what the tests need (once; a few minutes)…"
	@$(PIP) -r requirements-dev.txt
	@touch $@ $(RUN)

$(SEEDS): requirements-seeds.txt | $(PY)
	@$(PIP) -r requirements-seeds.txt
	@touch $@ $(RUN)

# The first Python that is new enough; PYTHON=… names another.
$(PY):
	@python=; for name in $(PYTHON) python3 python3.13 python3.12 python3.11 python; do \
		if $$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; \
		then python=$$name; break; fi; \
	done; \
	if [ -z "$$python" ]; then \
		echo "No Python 3.11 or newer found (python3: $$(python3 -V 2>&1 | head -n 1))." >&2; \
		echo "Install one, or name it: make PYTHON=/path/to/python3.12 $(MAKECMDGOALS)" >&2; \
		exit 1; \
	fi; \
	if ! $$python -c 'import ensurepip, venv' 2>/dev/null; then \
		echo "$$python lacks its venv module." >&2; \
		echo "On Debian and Ubuntu: apt install python3-venv; then run make again." >&2; \
		exit 1; \
	fi; \
	echo "Making $(VENV) with $$($$python -V)…"; \
	$$python -m venv --clear $(VENV)
