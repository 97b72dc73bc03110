# The two commands that matter: `make run` and `make test`. Both install what they need.

STEWARD_HOME ?= $(or $(XDG_DATA_HOME),$(HOME)/.local/share)/steward
programs := $(STEWARD_HOME)/programs
bin := .venv/bin

# Programs that were obtained without root come after those of the machine.
export PATH := $(PATH):/usr/sbin:/sbin:$(programs)/bin

# Some tests and benches run programs of others in environments of their own, which uv makes.
with_uv := PATH="$$PATH:$$(dirname "$$(.ci/uv)")"

# Learns what reading needs, once; an installation is good without it, the first message waits.
prepare := $(bin)/steward understand --prepare || \
	echo 'Not learnt yet how people put things: the assistant will when it starts.' >&2

.PHONY: help install run test check bench chaos fuzz kills lock

help:
	@echo 'make run      install what is missing, start everything, open a chat prompt'
	@echo 'make test     install what tests need, run the whole suite'
	@echo 'make install  only install'
	@echo 'make check    style, types and import contracts'
	@echo 'make chaos    inject faults, count what was lost or doubled'
	@echo 'make fuzz     send everything that strangers may send to the web pages and webhooks'
	@echo 'make kills    end the notifier at every point of a delivery, one after the other'
	@echo 'make bench    measure, each figure next to its baseline'
	@echo 'make lock     resolve the dependencies again'

install:
	@.ci/install
	@prosody/obtain "$(programs)"
	@$(prepare)

run: install
	@$(bin)/steward run

test:
	@.ci/install requirements-dev.lock
	@prosody/obtain "$(programs)"
	@.ci/test-programs "$(programs)"
	@$(prepare)
	@$(with_uv) $(bin)/python -m pytest

check:
	@.ci/install requirements-dev.lock
	$(bin)/ruff check .
	$(bin)/ruff format --check .
	$(bin)/mypy
	$(bin)/lint-imports

chaos:
	@.ci/install requirements-dev.lock
	@prosody/obtain "$(programs)"
	@.ci/test-programs "$(programs)"
	@$(with_uv) $(bin)/python -m tests.chaos

fuzz:
	@.ci/install requirements-dev.lock
	@FUZZ_EXAMPLES=$${FUZZ_EXAMPLES:-500} $(bin)/python -m pytest \
		tests/gateways/http/test_description.py tests/gateways/http/test_hostile_webhooks.py

kills:
	@.ci/install requirements-dev.lock
	@prosody/obtain "$(programs)"
	@$(bin)/python -m pytest -m "long or not long" tests/agents/test_notifier_dying.py

bench:
	@.ci/install requirements-dev.lock
	@prosody/obtain "$(programs)"
	@.ci/test-programs "$(programs)"
	@$(with_uv) $(bin)/python -m tests.benchmarks

compile := $$(.ci/uv) pip compile --quiet --universal --generate-hashes --no-header \
	--no-emit-index-url --no-emit-find-links

lock:
	$(compile) pyproject.toml -o requirements.lock
	$(compile) pyproject.toml --group dev -c requirements.lock -o requirements-dev.lock
	@! grep -nE '://|file:' requirements.lock requirements-dev.lock
