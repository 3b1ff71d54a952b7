# The commands of Slipstream. Everything they need is set up first, and quickly skipped when it is there;
# packaging/bootstrap.py does the work.
#
#   make run            set up, then open the window (without a display: the main job in this terminal)
#   make test           set up, then every check and test; TESTS="tests/core -k tau" runs a part of them
#   make check          the checks without the tests
#   make test-heavy     the long tests
#   make bench          the measurements
#   make lock           write the locked requirements anew; UPGRADE=1 takes the newest versions
#   make translations   bring the translations up to the source; lists what is not translated yet
#   make clean          remove what was made here (models and conversations stay)
#
# BACKEND=auto|cpu|cuda|vulkan|metal|hip says what llama.cpp is built for; it stays until another is named.

# The first Python that runs: a pyenv shim on PATH may stand for one that does not.
PYTHON := $(shell for p in python3 /usr/bin/python3 /usr/local/bin/python3 python; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 9))' 2>/dev/null && { echo "$$p"; break; }; done)
BOOTSTRAP = $(if $(PYTHON),"$(PYTHON)",$(error Python 3.9 or newer is needed to begin, as python3)) packaging/bootstrap.py
BACKEND ?=
TESTS ?=

.PHONY: help run test check test-heavy bench lock translations clean
.DEFAULT_GOAL := help

help:
	@sed -n '5,14p' Makefile | sed 's/^# \{0,1\}//'

run:
	@$(BOOTSTRAP) run --backend "$(BACKEND)"

test:
	@$(BOOTSTRAP) test --backend "$(BACKEND)" $(TESTS)

check:
	@$(BOOTSTRAP) check --backend "$(BACKEND)"

test-heavy:
	@$(BOOTSTRAP) pytest --backend "$(BACKEND)" -m heavy $(TESTS)

bench:
	@$(BOOTSTRAP) pytest --backend "$(BACKEND)" -m bench -s $(TESTS)

lock:
	@$(BOOTSTRAP) lock $(if $(UPGRADE),--upgrade)

translations:
	@.venv/bin/python packaging/translate.py

clean:
	rm -rf .venv .tools .cache build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
	find app packaging tests -name __pycache__ -type d -prune -exec rm -rf {} +
