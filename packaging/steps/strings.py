"""Finds the texts a person may read: what goes through `tr()` and its like, each in the context Qt looks in.

That is the class for `self.tr(…)`, the name that a module's own `tr` hands on, the first argument of
`QCoreApplication.translate(…)`. Texts that are data, and translated where they are shown, are named in DATA_CALLS and
DATA_NAMES. Qt's lupdate finds only the first kind.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from pathlib import Path

# Calls whose arguments are texts: the context, and which arguments by place. Captions and choices are texts too.
DATA_CALLS = {"option": ("Settings", (1, 2)), "Preset": ("Presets", (0,))}
# Names of a module whose value is a text, a tuple of them, or a dict with texts as keys.
DATA_NAMES = {"SECTIONS": "Settings", "MORE": "Settings", "SENTENCES": "Told"}


@dataclass(frozen=True)
class Text:
    """A text in the source, and where it stands."""

    context: str
    source: str
    place: str  # file:line


class _Finder(ast.NodeVisitor):
    def __init__(self, name: str, own_context: str | None) -> None:
        self.texts: list[Text] = []
        self.problems: list[str] = []
        self._name = name
        self._own_context = own_context
        self._classes: list[str] = []

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self._classes.append(node.name)
        self.generic_visit(node)
        self._classes.pop()

    def visit_Assign(self, node: ast.Assign) -> None:
        for target in node.targets:
            if isinstance(target, ast.Name) and target.id in DATA_NAMES and not self._classes:
                self._add_all(DATA_NAMES[target.id], node.value)
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        name = _called(node.func)
        if name == "tr" and node.args:
            self._add(self._context_of(node.func), node.args[0])
        elif name == "translate" and len(node.args) > 1 and _text(node.args[0]) is not None:
            self._add(_text(node.args[0]), node.args[1])
        elif name in DATA_CALLS:
            self._add_data(name, node)
        self.generic_visit(node)

    def _context_of(self, func: ast.expr) -> str | None:
        if isinstance(func, ast.Name):
            return self._own_context
        on_self = isinstance(func, ast.Attribute) and _called(func.value) == "self"
        return self._classes[-1] if on_self and self._classes else None

    def _add(self, context: str | None, node: ast.expr) -> None:
        place = f"{self._name}:{node.lineno}"
        if isinstance(node, ast.IfExp):
            self._add(context, node.body)
            self._add(context, node.orelse)
            return
        if isinstance(node, ast.JoinedStr):
            self.problems.append(f"{place}: an f-string cannot be translated")
        text = _text(node)
        if text and context is None:
            self.problems.append(f"{place}: it cannot be told which context tr() uses here")
        elif text and context is not None:
            self.texts.append(Text(context, text, place))

    def _add_all(self, context: str, node: ast.expr) -> None:
        if isinstance(node, ast.Dict):
            for key in node.keys:
                if key is not None:
                    self._add(context, key)
        elif isinstance(node, (ast.Tuple, ast.List)):
            for item in node.elts:
                self._add(context, item)
        else:
            self._add(context, node)

    def _add_data(self, name: str, node: ast.Call) -> None:
        context, places = DATA_CALLS[name]
        for place in places:
            if place < len(node.args):
                self._add(context, node.args[place])
        named = {keyword.arg: keyword.value for keyword in node.keywords}
        if isinstance(captions := named.get("captions"), ast.Dict):
            for caption in captions.values:
                self._add(context, caption)
        elif isinstance(choices := named.get("choices"), ast.Tuple):
            for choice in choices.elts:
                if word := _text(choice):
                    self.texts.append(Text(context, word.capitalize(), f"{self._name}:{choice.lineno}"))


def _called(node: ast.expr) -> str:
    if isinstance(node, ast.Name):
        return node.id
    return node.attr if isinstance(node, ast.Attribute) else ""


def _text(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _own_context(tree: ast.Module) -> str | None:
    """The context that the module's own `tr` hands on."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name == "tr":
            for call in ast.walk(node):
                if isinstance(call, ast.Call) and _called(call.func) == "translate" and call.args:
                    return _text(call.args[0])
    return None


def _lender(tree: ast.Module) -> str | None:
    """The module whose `tr` is imported here, as a path below the package."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and any(name.name == "tr" for name in node.names):
            return f"{(node.module or '').partition('.')[2].replace('.', '/')}.py"
    return None


def texts_of(name: str, source: str, contexts: dict[str, str] | None = None) -> tuple[list[Text], list[str]]:
    """The texts of one module called `name`, and what is wrong with them; `contexts` are those of other modules."""
    tree = ast.parse(source)
    finder = _Finder(name, _own_context(tree) or (contexts or {}).get(_lender(tree) or ""))
    finder.visit(tree)
    return finder.texts, finder.problems


def all_texts(root: Path) -> tuple[list[Text], list[str]]:
    """The texts of all modules below `root`, each (context, source) once; and what is wrong with them."""
    sources = {
        path.relative_to(root).as_posix(): path.read_text("utf-8") for path in sorted(root.rglob("*.py"))
    }
    own = {name: _own_context(ast.parse(source)) for name, source in sources.items() if "def tr(" in source}
    contexts = {name: context for name, context in own.items() if context is not None}
    found: dict[tuple[str, str], Text] = {}
    problems: list[str] = []
    for name, source in sources.items():
        texts, wrong = texts_of(name, source, contexts)
        problems += wrong
        for text in texts:
            found.setdefault((text.context, text.source), text)
    return list(found.values()), problems
