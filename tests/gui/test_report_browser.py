"""The page in a real browser: its plots are there, nothing in it runs, and nothing is asked of anybody."""

import re
import shutil
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar
from urllib.parse import urlsplit

import pytest
from PySide6.QtGui import QImage
from report_samples import NOON, SLY, Kept, make_run, make_steps

from slipstream.core.reports import Report, ReportForm, Scope, ScopeKind
from slipstream.core.reports.pictures import PLOTS

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
QUIET = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run", "--disable-default-apps", "--disable-extensions", "--disable-dev-shm-usage",
)  # fmt: skip
OWN = re.compile(r"(?:^|\.)(?:google|googleapis|gvt1|gstatic)\.com$")  # updates of the browser

pytestmark = pytest.mark.heavy


@pytest.fixture(scope="module")
def browser() -> str:
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        pytest.skip("no Chromium here")
    return found


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two answers, of names that try to be markup."""
    steps = make_steps(600)
    path = tmp_path_factory.mktemp("report") / "report.html"
    source = Kept.of((make_run(1, steps, title=SLY), steps), (make_run(2, steps), steps))
    for _ in Report(Scope(ScopeKind.ALL), ReportForm.PAGE, path).write(source, NOON):
        pass
    return path


def run(browser: str, home: Path, *arguments: str) -> str:
    command = [browser, *QUIET, f"--user-data-dir={home / 'profile'}", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_plots_are_there(browser: str, page: Path, tmp_path: Path) -> None:
    tree = run(browser, tmp_path, "--dump-dom", page.as_uri())
    assert tree.count("<figure>") == 2 * len(PLOTS)
    assert len(re.findall(r"<svg[^>]* role=\"img\"", tree)) == 2 * len(PLOTS)
    assert "<script" not in tree
    assert tree.count("<path") >= 2 * 7


class Proxy(BaseHTTPRequestHandler):
    """Gives nobody anything, and remembers who was asked for."""

    asked: ClassVar[set[str]] = set()

    def _refuse(self) -> None:
        host = self.path if self.command == "CONNECT" else urlsplit(self.path).netloc
        self.asked.add(host.partition(":")[0])
        self.send_error(404)

    do_GET = do_POST = do_HEAD = do_CONNECT = _refuse  # noqa: N815  # as the library names them

    def log_message(self, format: str, *args: object) -> None:
        """Not on the terminal."""


@pytest.fixture
def asked() -> Iterator[tuple[str, set[str]]]:
    """What to tell the browser, and whom it asks for: but its own maker, which it does whatever it shows."""
    Proxy.asked.clear()
    with ThreadingHTTPServer(("127.0.0.1", 0), Proxy) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield f"--proxy-server=127.0.0.1:{server.server_port}", Proxy.asked
        finally:
            server.shutdown()
            thread.join()


def strangers(hosts: set[str]) -> set[str]:
    return {host for host in hosts if not OWN.search(host)}


def test_no_request_leaves(browser: str, page: Path, tmp_path: Path, asked: tuple[str, set[str]]) -> None:
    proxy, hosts = asked
    run(browser, tmp_path, proxy, "--dump-dom", page.as_uri())
    assert strangers(hosts) == set()
    leaky = tmp_path / "leaky.html"  # the same check does see a request where there is one
    leaky.write_text('<img src="http://leak.test/picture.png">')
    run(browser, tmp_path, proxy, "--dump-dom", leaky.as_uri())
    assert strangers(hosts) == {"leak.test"}


def test_the_policy_stops_what_somebody_put_in(
    browser: str, page: Path, tmp_path: Path, asked: tuple[str, set[str]]
) -> None:
    proxy, hosts = asked
    spoilt = tmp_path / "spoilt.html"
    leak = '<img src="http://leak.test/a.png"><script>document.title = "ran"</script></main>'
    spoilt.write_text(page.read_text("utf-8").replace("</main>", leak, 1), "utf-8")
    tree = run(browser, tmp_path, proxy, "--dump-dom", spoilt.as_uri())
    assert "leak.test" in tree
    assert "<title>ran" not in tree
    assert strangers(hosts) == set()


def test_it_is_drawn_in_its_colours(browser: str, page: Path, tmp_path: Path, qapp: object) -> None:
    for dark, ground in ((False, "#fbfbfa"), (True, "#17191c")):
        shot = tmp_path / f"shot-{dark}.png"
        scheme = ("--blink-settings=preferredColorScheme=0",) if dark else ()
        run(browser, tmp_path, *scheme, f"--screenshot={shot}", "--window-size=1280,1600", page.as_uri())
        image = QImage(str(shot))
        assert image.pixelColor(5, 5).name() == ground
        colours = {image.pixelColor(x, y).name() for x in range(0, 1280, 7) for y in range(0, 1600, 7)}
        assert len(colours) > 8
