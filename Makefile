# `make` lists the targets. Everything is set up on first use, and again only when the lock file changes.

# Newest uv that this project was tested with; used when there is no uv on the PATH.
UV_VERSION := 0.13.9
UV := $(shell command -v uv || echo .tools/bin/uv)
PYTHON := .venv/bin/python
READY := .venv/.ready

# Rasa would report its use to its makers.
export RASA_TELEMETRY_ENABLED := false
# A program that prints to a pipe would otherwise keep its lines to itself.
export PYTHONUNBUFFERED := 1
export SQLALCHEMY_SILENCE_UBER_WARNING := 1
export TF_CPP_MIN_LOG_LEVEL := 3

.DEFAULT_GOAL := help
.PHONY: help setup model train run chat whatsapp-sim test check benchmark evaluate clean

help: ## list the targets
	@echo "Usage: make TARGET, where TARGET is one of"
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-12s %s\n", $$1, $$2 }' Makefile

run: setup model ## start the assistant on http://127.0.0.1:5005; sets up and trains when needed
	@$(PYTHON) -m lease_assistant.serve

test: setup model ## run all tests; sets up and trains when needed
	@$(PYTHON) -m pytest

chat: setup model ## talk to the assistant in this terminal
	@$(PYTHON) -m lease_assistant.serve --chat

whatsapp-sim: setup model ## try the WhatsApp channel in this terminal, without an account
	@$(PYTHON) -m lease_assistant.channels.whatsapp.simulator

train: setup ## train the model, also when nothing has changed
	@$(PYTHON) -m lease_assistant.serve.training --always

check: setup ## check style, types and training data
	@echo "Checking style ..."
	@.venv/bin/ruff check
	@.venv/bin/ruff format --check
	@echo "Checking types ..."
	@.venv/bin/mypy
	@echo "Checking the training data ..."
	@$(PYTHON) -m lease_assistant.serve.validation

setup: $(READY) ## install what the assistant needs into .venv

benchmark: setup ## measure time, size and memory, the default pipeline beside it (BENCHMARK="--default-epochs 100": half an hour)
	@$(PYTHON) -m lease_assistant.benchmark $(BENCHMARK)

evaluate: setup ## measure how well messages are understood (hours; DIET_EPOCHS=0 for minutes)
	@$(PYTHON) -m lease_assistant.evaluation $(if $(DIET_EPOCHS),--diet-epochs $(DIET_EPOCHS))

clean: ## remove everything that make has made here, except what customers have said (var/)
	rm -rf .venv .tools .rasa logs models/assistant.tar.gz models/assistant.sha256
	rm -rf .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

model: setup
	@$(PYTHON) -m lease_assistant.serve.training

$(READY): pyproject.toml uv.lock .python-version | $(UV)
	@$(UV) python find 3.10 >/dev/null 2>&1 || $(UV) python install 3.10 >/dev/null 2>&1 || { echo \
	  "Python 3.10 was not found and could not be downloaded: install it (for example with 'pyenv install 3.10') and run make again." >&2; \
	  exit 1; }
	@echo "Installing the locked packages into .venv (a few minutes the first time) ..."
	@$(UV) sync --locked --python 3.10
	@# Plain `rasa train` in this environment is to be quiet too: Python runs this file whenever it starts.
	@$(PYTHON) -c 'import pathlib, sysconfig; pathlib.Path(sysconfig.get_path("purelib"), "telemetry_off.pth").write_text("import os; os.environ.setdefault(\"RASA_TELEMETRY_ENABLED\", \"false\")\n")'
	@touch $@

# From / because a .python-version of pyenv in this folder could name a version that is not installed.
.tools/bin/uv:
	@echo "Installing uv $(UV_VERSION) into .tools ..."
	@cd / && python3 -m venv "$(CURDIR)/.tools" || { echo \
	  "Python could not make an environment: install its venv module (on Debian and Ubuntu: apt-get install python3-venv)." >&2; exit 1; }
	@.tools/bin/pip install --quiet --disable-pip-version-check uv==$(UV_VERSION) || { echo \
	  "uv $(UV_VERSION) could not be installed: check the connection to the Python package index." >&2; exit 1; }
