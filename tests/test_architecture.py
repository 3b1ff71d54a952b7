"""What import-linter cannot say: which of Qt's modules the bridge may use, and where files grow too long."""

import ast
from pathlib import Path

import pytest

APP = Path(__file__).parents[1] / "app" / "slipstream"
BRIDGE_MAY = {"PySide6.QtCore", "PySide6.QtNetwork"}
LONGEST = 400  # lines


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def test_the_bridge_uses_qts_core_and_network_only() -> None:
    for path in (APP / "bridge").rglob("*.py"):
        qt = {".".join(name.split(".")[:2]) for name in imports(path) if name.startswith("PySide6.")}
        assert qt <= BRIDGE_MAY, path


@pytest.mark.parametrize("path", sorted(APP.rglob("*.py")), ids=lambda path: str(path.relative_to(APP)))
def test_no_file_outgrows_its_concept(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= LONGEST
