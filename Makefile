# Two commands do everything: `make run` and `make test`. What they need is installed into .venv, once, and again when
# the dependencies change.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
# Quiet but for errors: the builder warns of what is meant to be so.
PIP := PYTHONWARNINGS=ignore .venv/bin/python -m pip install -qq --disable-pip-version-check -c .constraints.txt
BUILD := --build-constraint .constraints.txt --config-settings editable_mode=compat -e .

.SILENT:
.PHONY: run test bench

# Telegram if WAYBILL_TOKEN is set, else the local chat; questions piped in are answered, and it ends.
run: .venv/.installed-run
	.venv/bin/waybill

test: .venv/.installed-test
	.venv/bin/python -m pytest

# One table of speeds, each beside another; wants a quiet machine. `--group bench` brings what it is set against.
bench: .venv/.installed-run
	.venv/bin/python -m tests.bench

# Nothing below may read standard input: it belongs to the program.
.venv/.installed-run: .venv/.made pyproject.toml .constraints.txt
	echo "Installing what Waybill needs into .venv ..." >&2
	$(PIP) $(BUILD) </dev/null
	touch $@

.venv/.installed-test: .venv/.made pyproject.toml .constraints.txt
	echo "Installing what Waybill and its tests need into .venv ..." >&2
	$(PIP) $(BUILD) --group dev </dev/null
	touch $@ .venv/.installed-run

.venv/.made:
	"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' </dev/null 2>/dev/null \
		|| { echo "make: Python 3.11 or newer is needed; on Debian: apt install python3" >&2; exit 1; }
	"$(PYTHON)" -c 'import ensurepip, venv; ensurepip.version()' </dev/null 2>/dev/null \
		|| { echo "make: Python's venv module is missing; on Debian: apt install python3-venv" >&2; exit 1; }
	.venv/bin/python -m pip --version </dev/null >/dev/null 2>&1 || "$(PYTHON)" -m venv --clear .venv </dev/null
	$(PIP) pip </dev/null
	touch $@
