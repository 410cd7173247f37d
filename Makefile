# The verbs of the project. `make` lists them.
PYTHONS := $(shell sh tools/pythons.sh)
PYTHON ?= $(firstword $(PYTHONS))
OLDEST := $(or $(lastword $(PYTHONS)),$(PYTHON))
PORT ?= 8866
DATA ?= academy-data
BASE_URL ?= /
COURSE ?= innovative-workers-education
VENV := .venv
BIN := $(VENV)/bin
WORKERS ?= 4
FOUNDATIONS := tests/cli/test_first_run.py tests/kernels/test_provisioner.py tests/kernels/test_template.py \
	tests/kernels/test_ends.py tests/server/kernels/test_forked_kernels.py tests/grading/test_road_to_feedback.py \
	tests/grading/autograde/test_batch.py tests/test_wheel.py
DRAWN := tests/demo tests/desk tests/live tests/offline tests/passport tests/peers tests/people tests/widgets
LOCK := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header
SOURCES := $(shell find widgets/academy_widgets/js academy/locale tools -type f -not -name '*.mo' 2>/dev/null)

# Tests start hundreds of processes: each would compile what it imports where nobody may keep it.
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.PHONY: bench bench-grading soak help install serve test test-oldest test-newest test-postgres search browser lint check format documents messages lock clean

help: ## list the verbs
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):[^#]*## (.*)/  make \1\t\2/' | expand -t 22

$(VENV)/python: requirements.lock
	@sh tools/pythons.sh --usable "$(PYTHON)"
	$(PYTHON) -m venv --clear $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	touch $@

$(VENV)/kit: $(VENV)/python pyproject.toml hatch_build.py package-lock.json $(SOURCES)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	touch $@

$(VENV)/tools: $(VENV)/kit requirements-test.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-test.lock
	touch $@

install: $(VENV)/kit ## make the environment in .venv

serve: install ## serve the flagship course (PORT=8866 DATA=academy-data)
	$(BIN)/academy serve --port $(PORT) --data $(DATA) --base-url $(BASE_URL) --course $(COURSE)

test: export PYTHONHASHSEED := 0
test: $(VENV)/tools browser ## run all tests, WORKERS=4 at a time (makes the environment and finds a browser first)
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder --durations=10 $(TESTS)
	@$(if $(TESTS)$(filter $(OLDEST),$(PYTHON)),,$(MAKE) test-oldest)

test-oldest: ## the tests of what is installed, forked and graded, on the oldest Python that is here
	$(MAKE) test VENV=.venv-oldest PYTHON=$(OLDEST) TESTS="$(FOUNDATIONS)"

test-newest: ## the tests of what stands on private names of other packages, with their newest releases (what is new is said)
	$(PYTHON) -m venv --clear .venv-newest
	.venv-newest/bin/python -m pip install --quiet --disable-pip-version-check --upgrade --editable ".[test]"
	-.venv-newest/bin/python -m pytest -n $(WORKERS) --dist loadfile tests/test_private_names.py tests/kernels tests/page tests/grading/test_road_to_feedback.py

test-postgres: $(VENV)/tools ## run the tests of what is stored on PostgreSQL (finds or installs a server)
	$(BIN)/python -m tests.support.postgres -n $(WORKERS) --dist loadfile $(or $(TESTS),tests/store tests/people tests/peers tests/live tests/grading)

search: $(VENV)/tools ## look by chance for what breaks a law (ROUNDS=10 times as many examples as the tests try) or a test
	ROUNDS=$(ROUNDS) $(BIN)/python -m pytest -p tests.support.search --hypothesis-profile=search -n $(WORKERS) $(TESTS)
	$(BIN)/python -m pytest --hypothesis-profile=search -n $(WORKERS) --dist loadfile $(or $(TESTS),$(DRAWN))

browser: $(VENV)/tools
	@$(BIN)/python tools/browser.py

lint: $(VENV)/tools ## check form and types of the code
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python tools/node.py node_modules/typescript/bin/tsc --noEmit

bench: $(VENV)/tools ## measure what a visitor costs, stock Voilà beside ours (BENCH="--rush --solara")
	$(BIN)/python -m tests.bench.kernels $(BENCH)

bench-grading: $(VENV)/tools ## measure what grading costs, stock nbgrader beside ours (BENCH=600 submissions)
	$(BIN)/python -m tests.bench.grading $(BENCH)

soak: $(VENV)/tools ## 2,000 starts, then 200 kills under people who type: what is left, what is lost
	$(BIN)/python -m tests.bench.soak $(SOAK)

format: $(VENV)/tools ## put the code into its form
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

check: install ## look the courses over for mistakes
	$(BIN)/academy check

documents: install ## write schemas of documents, their types for JavaScript, commands and limits
	$(BIN)/python tools/documents.py

messages: install ## collect the sentences of the interface for translators
	$(BIN)/python tools/messages.py

lock: ## renew the lock files from pyproject.toml
	$(PYTHON) -m venv .venv-lock
	.venv-lock/bin/python -m pip install --quiet uv
	.venv-lock/bin/$(LOCK) --output-file requirements.lock pyproject.toml
	.venv-lock/bin/$(LOCK) --extra test --constraints requirements.lock --output-file requirements-test.lock pyproject.toml
	rm -rf .venv-lock

clean: ## remove what make made (not the data)
	rm -rf $(VENV) .venv-oldest .venv-newest node_modules widgets/academy_widgets/static .mypy_cache .ruff_cache .pytest_cache
