"""The driver's end of a worker: a process that answers one JSON line for each request."""

import json
import subprocess
import tempfile
import threading
from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Any

LAST_LINES = 15
"""Lines of a failed worker's stderr that are shown."""


class WorkerError(RuntimeError):
    """The worker ``name`` ended, hung, or answered with something that is not a JSON object."""

    def __init__(self, name: str, what: str) -> None:
        super().__init__(f"{name}: {what}")
        self.name = name


class Worker:
    """A running worker; leave its ``with`` block and it is gone.

    ``ask`` raises ``WorkerError`` with the worker's name, what happened and the end of its stderr.
    """

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        environment: Mapping[str, str] | None = None,
        patience: float = 1800.0,
    ) -> None:
        self.name, self.patience = name, patience
        self._errors = tempfile.TemporaryFile("w+", errors="replace")  # noqa: SIM115
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            text=True,
            errors="replace",
            env=None if environment is None else dict(environment),
        )

    def ask(self, do: str, **request: Any) -> dict[str, Any]:
        """The answer to one request, waited for ``patience`` seconds at most."""
        late = threading.Timer(self.patience, self._process.kill)
        late.start()
        try:
            line = self._exchange(json.dumps({"do": do, **request}))
        finally:
            hung = not late.is_alive()
            late.cancel()
        if hung:
            raise self._error(f"no answer to {do!r} within {self.patience:g} s")
        if not line:
            raise self._error(f"ended with exit code {self._process.wait()} on {do!r}")
        try:
            answer = json.loads(line)
        except json.JSONDecodeError:
            answer = None
        if not isinstance(answer, dict):
            raise self._error(f"{do!r}: expected a JSON object, got {line.strip()!r}")
        return answer

    def _exchange(self, line: str) -> str:
        """One line to the worker and one back; nothing where it is gone."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        try:
            self._process.stdin.write(line + "\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            return ""
        return self._process.stdout.readline()

    def _error(self, what: str) -> WorkerError:
        self._process.kill()
        self._process.wait()
        self._errors.seek(0)
        said = self._errors.read().splitlines()[-LAST_LINES:]
        tail = "\n".join(f"    {line}" for line in said) or "    (nothing)"
        return WorkerError(self.name, f"{what}; its stderr ends with\n{tail}")

    def close(self) -> None:
        """End the process, politely where it still listens."""
        try:
            self._process.communicate(timeout=10)
        except (subprocess.TimeoutExpired, ValueError, BrokenPipeError):
            self._process.kill()
            self._process.wait()
        for stream in (self._process.stdin, self._process.stdout, self._errors):
            if stream is not None and not stream.closed:
                stream.close()

    def __enter__(self) -> "Worker":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
