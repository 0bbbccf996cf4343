# Everything one does here begins with make. It needs make and Python 3.11 or newer, nothing else.
.DEFAULT_GOAL := help
.PHONY: help demo test check bench bench-matching bench-matching-peers bench-live fairness worker web beat format migrations lock run-env dev-env

# Dozens of processes begin here; where this is set, each of them would compile all of Django again.
unexport PYTHONDONTWRITEBYTECODE

# A name on the path may be a shim that cannot run, so each candidate is asked.
PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3.14 python3 python; do \
	if $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then command -v $$p; break; fi; done)
BIN := .venv/bin
MANAGE := $(BIN)/python manage.py

# The production shape on this machine: PostgreSQL, Redis, a worker and beat; minus TLS.
DATABASE_URL ?= postgres://postgres@127.0.0.1:5432/onemm
REDIS_URL ?= redis://127.0.0.1:6379/0
PORT ?= 8000
SERVICES = DATABASE_URL=$(DATABASE_URL) REDIS_URL=$(REDIS_URL)
STRICT = ONEMM_ENV=production SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(64))') \
	ALLOWED_HOSTS=mentors.example SITE_URL=https://mentors.example EMAIL_URL=smtp+tls://mail.example:587 \
	DATABASE_URL=$(DATABASE_URL) REDIS_URL=$(REDIS_URL)

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-21s %s\n", $$1, $$2 }' Makefile

run-env:
	@if [ -z "$(PYTHON)" ]; then echo "One Million Mentors needs Python 3.11 or newer; install it, or name it: make demo PYTHON=/path/to/python3.11" >&2; exit 1; fi
	@"$(PYTHON)" bin/setup.py run

dev-env:
	@if [ -z "$(PYTHON)" ]; then echo "One Million Mentors needs Python 3.11 or newer; install it, or name it: make test PYTHON=/path/to/python3.11" >&2; exit 1; fi
	@"$(PYTHON)" bin/setup.py dev

demo: run-env ## Look round: http://localhost:8000 with invented people (PORT=8001, RESET=1)
	@env -u DATABASE_URL -u REDIS_URL -u EMAIL_URL ONEMM_ENV=demo PORT=$(PORT) RESET=$(RESET) $(MANAGE) demo

test: dev-env ## Run every test that can run here; the last lines say what could not
	@$(BIN)/python tests/run.py

check: dev-env ## What CI runs: style, types, settings, then the tests
	@# Compiled once beside the checks, the kernels are not compiled by every round of tests at the same time.
	@$(MANAGE) warm_matching >/dev/null 2>&1 &
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy .
	$(MANAGE) makemigrations --check --dry-run
	$(STRICT) $(MANAGE) check --deploy --fail-level WARNING
	$(BIN)/bandit -q -ll -r . -c pyproject.toml
	$(BIN)/check-jsonschema --builtin-schema vendor.compose-spec docker-compose.yml
	@$(BIN)/python tests/run.py

bench: bench-matching bench-matching-peers ## Measure: both of the following

bench-matching: dev-env ## A night of matching, PostgreSQL to PostgreSQL (N=1000000, M=mentors, SEED=7)
	@$(BIN)/python -m benchmarks.matching $(foreach name,N M SEED,$(if $($(name)),--$(name) $($(name))))

bench-matching-peers: dev-env ## The same assignment by other people's software (SIZES="1000 2000")
	@$(BIN)/python -m benchmarks.peers $(SIZES)

bench-live: dev-env ## Everybody who suits one young person, among a million mentors (M=mentors, SEED=7)
	@$(BIN)/python -m benchmarks.live $(foreach name,M SEED,$(if $($(name)),--$(name) $($(name))))

fairness: dev-env ## Sixty nights with too few mentors: the picture in docs/matching.md
	@$(BIN)/python -m benchmarks.fairness_chart

web: run-env ## gunicorn with PostgreSQL and Redis on this machine
	@$(SERVICES) $(MANAGE) prepare -v 0
	@$(SERVICES) $(BIN)/gunicorn --bind 127.0.0.1:$(PORT)

worker: run-env ## A Celery worker with beat, beside `make web`
	@mkdir -p var
	@$(SERVICES) $(BIN)/celery -A onemm worker --beat -Q urgent,celery -c 2 --loglevel INFO

beat: run-env ## The timetable alone, where workers run without it
	@mkdir -p var
	@$(SERVICES) $(BIN)/celery -A onemm beat --loglevel INFO

format: dev-env ## Put the code in order
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

migrations: dev-env ## Write the migrations that the models ask for
	$(MANAGE) makemigrations

lock: dev-env ## Compile the lock files again from pyproject.toml
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header -q pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header -q pyproject.toml --group dev -o requirements-dev.lock
	echo uv | $(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header -q - -o requirements-uv.lock
	for peer in requirements munkres; do $(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header -q \
		benchmarks/peers/$$peer.in -o benchmarks/peers/$$peer.lock; done
