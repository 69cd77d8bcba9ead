# `make run` opens the editor, `make test` checks everything; both set up what is missing first.
PYTHON ?=
export PYTHON

.PHONY: run test format clean setup package package-test

run:
	@sh packaging/setup.sh
	@if [ "$$(uname -s)" = Linux ] && [ -z "$$DISPLAY$$WAYLAND_DISPLAY" ]; then \
		echo "There is no display: running the demonstration instead of opening the window."; \
		QT_QPA_PLATFORM=offscreen .venv/bin/gpt-assistant demo && \
		echo "The screenshots are in $$(pwd)/demo-output"; \
	else \
		.venv/bin/gpt-assistant $(FILES); \
	fi

# A file's tests stay together, for they share a model; in the order of the names the slow ones are not last.
SPREAD = -n 2 --dist loadfile --no-loadscope-reorder

test:
	@sh packaging/setup.sh test
	@.venv/bin/ruff format --check -q .
	@.venv/bin/ruff check -q .
	@.venv/bin/mypy
	@QT_QPA_PLATFORM=offscreen .venv/bin/python -m pytest $(SPREAD) $(ARGS)

setup:
	@sh packaging/setup.sh test

# The Debian package, in dist/; `package-test` installs it into a clean Debian and uses it (as root).
package:
	@sh packaging/setup.sh test
	@sh packaging/tools.sh package
	@.venv/bin/python packaging/deb.py

package-test: package
	@sh packaging/tools.sh package-test
	@.venv/bin/python packaging/test_package.py dist/gpt-assistant_*_"$$(dpkg --print-architecture)".deb

format:
	@sh packaging/setup.sh test
	@.venv/bin/ruff format -q .
	@.venv/bin/ruff check -q --fix .

clean:
	@rm -rf .venv build dist demo-output .mypy_cache .ruff_cache .pytest_cache .hypothesis *.egg-info
	@find gpt_assistant tests -name __pycache__ -type d -prune -exec rm -rf {} +
