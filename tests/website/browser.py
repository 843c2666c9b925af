"""What headless Chromium sees of a folder of pages: each in a frame of the width of a phone."""

import json
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

PHONE = 390
PATIENCE = 180
PROBE = """<!DOCTYPE html><meta charset="utf-8"><body><script>
const look = (url) => new Promise((done) => {
  const frame = document.createElement("iframe");
  frame.style = "width: WIDTHpx; height: 844px; border: 0";
  frame.onload = () => {
    const page = frame.contentDocument, view = frame.contentWindow;
    page.querySelectorAll("details").forEach((d) => { d.open = true; });
    const formulas = [...page.querySelectorAll("math")];
    const seen = (m) => m.checkVisibility() && m.getBoundingClientRect().width > 0
      && m.getBoundingClientRect().height > 0;
    const asked = view.performance.getEntriesByType("resource").map((entry) => entry.name);
    done({
      url, width: page.scrollingElement.scrollWidth, formulas: formulas.length,
      unseen: formulas.filter((m) => !seen(m)).length,
      witnesses: [...page.querySelectorAll("details li")]
        .filter((li) => li.checkVisibility()).length,
      outside: asked.filter((name) => !name.startsWith(location.origin + "/")
        && !name.startsWith("data:")),
    });
    frame.remove();
  };
  frame.src = url;
  document.body.append(frame);
});
(async () => {
  const found = [];
  for (const url of URLS) found.push(await look(url));
  fetch("/found", {method: "POST", body: JSON.stringify(found)});
})();
</script>"""
OPTIONS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)  # fmt: skip


@dataclass(frozen=True)
class Seen:
    """One page: its width, the formulas without a box, what it asked of others than its server."""

    url: str
    width: int
    formulas: int
    unseen: int
    witnesses: int
    outside: list[str]


def look(folder: Path, pages: list[str], profile: Path) -> dict[str, Seen]:
    """Open every page of ``folder``; TimeoutError where the browser does not get through."""
    with _serving(folder, pages) as (address, found, ready):
        command = ["chromium", *OPTIONS, f"--user-data-dir={profile}", f"{address}/probe"]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as run:
            finished = ready.wait(PATIENCE)
            run.terminate()
        if not finished:
            raise TimeoutError(f"chromium: no answer about {len(pages)} pages in {PATIENCE} s")
    return {row["url"]: Seen(**row) for row in found}


@contextmanager
def _serving(
    folder: Path, pages: list[str]
) -> Iterator[tuple[str, list[dict[str, Any]], threading.Event]]:
    """The folder on this machine alone, with the page that opens the others and takes notes."""
    found: list[dict[str, Any]] = []
    ready = threading.Event()
    probe = PROBE.replace("WIDTH", str(PHONE)).replace("URLS", json.dumps(pages)).encode()

    class Handler(SimpleHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path != "/probe":
                return super().do_GET()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(probe)

        def do_POST(self) -> None:
            found.extend(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(204)
            self.end_headers()
            ready.set()

        def log_message(self, *_: Any) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=folder)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}", found, ready
        finally:
            server.shutdown()
