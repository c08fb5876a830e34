"""Finds the texts for readers in Python's source: words in quotation marks that look like a text for a page."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from recruitment.web.texts import Noted, has_words, is_spoken

_NOT_CALLED_WITH = frozenset(
    "compile fullmatch match search sub url_for render_template abort getattr ValueError TypeVar".split()
)
_NO_TEXT = re.compile(
    r"\\|;|^[A-Z][a-z]+(?:[A-Z][a-z]+)+$|^[A-Z]\w+-[A-Z]\w+$|^[%<]|^\W*$|^[a-z]+ \{\w+\}( \{\w+\})?$|^%"
)
_NO_TEXTS_IN = ("__all__", "LABELS")
_FORMATTED = re.compile(r"\{(\w+):[^{}]*\}")
_COUNT = "{count}"


@dataclass
class MadeTexts:
    """Texts that are put together, and so found by their fixed words; and the pairs for counts."""

    texts: set[str] = field(default_factory=set)
    counts: dict[str, str] = field(default_factory=dict)


def texts_in(source: str, noted: Noted, made: MadeTexts) -> None:
    """Note the texts of one module. Docstrings, names, patterns and what other functions take are none."""
    _Reader(noted, made).visit(ast.parse(source))


class _Reader(ast.NodeVisitor):
    def __init__(self, noted: Noted, made: MadeTexts) -> None:
        self.noted, self.made = noted, made

    def visit_Expr(self, node: ast.Expr) -> None:
        if not isinstance(node.value, ast.Constant):
            self.generic_visit(node)

    def visit_Assign(self, node: ast.Assign) -> None:
        if not any(isinstance(target, ast.Name) and target.id in _NO_TEXTS_IN for target in node.targets):
            self.generic_visit(node)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if node.value is not None and not (isinstance(node.target, ast.Name) and node.target.id in _NO_TEXTS_IN):
            self.visit(node.value)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        for default in (*node.args.defaults, *node.args.kw_defaults):
            if default is not None:
                self.visit(default)
        for statement in node.body:
            self.visit(statement)

    def visit_Call(self, node: ast.Call) -> None:
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if name in _NOT_CALLED_WITH:
            return
        if name == "say":
            self._always(node.args[:1])
        # The word between two options, such as "or", is shown as it is.
        shown = [each.value for each in node.keywords if each.arg == "divider"]
        self._always([each.body if isinstance(each, ast.IfExp) else each for each in shown])
        self._pairs(node.args)
        self.generic_visit(node)

    def visit_Tuple(self, node: ast.Tuple) -> None:
        self._pairs(node.elts)
        self.generic_visit(node)

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        if not any(getattr(base, "id", "").endswith("Enum") for base in node.bases):
            self.generic_visit(node)

    def visit_Subscript(self, node: ast.Subscript) -> None:
        self.visit(node.value)

    def visit_Compare(self, node: ast.Compare) -> None:
        """What is compared is a code."""

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, str) and _is_text(node.value):
            text = _FORMATTED.sub(r"{\1}", node.value)
            self.noted.texts.add(text)
            if re.search(r"\{\w+\}", text):
                self.made.texts.add(text)

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        text = "".join(_parts(node))
        if _is_text(text) and has_words(text) and " " in text:
            self.made.texts.add(text)
        for value in node.values:
            if isinstance(value, ast.FormattedValue) and isinstance(value.value, ast.IfExp):
                self.visit(value.value)

    def _always(self, nodes: Sequence[ast.expr]) -> None:
        for node in nodes:
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                self.noted.texts.add(node.value)

    def _pairs(self, nodes: Sequence[ast.expr]) -> None:
        texts = [node.value if isinstance(node, ast.Constant) else None for node in nodes]
        for first, second in pairwise(texts):
            is_pair = isinstance(first, str) and isinstance(second, str) and _COUNT in first and _COUNT in second
            if is_pair and has_words(first):
                self.made.counts[first] = second


def _is_text(text: str) -> bool:
    return _COUNT not in text and is_spoken(text, is_shown=False) and not _NO_TEXT.search(text)


def _parts(node: ast.JoinedStr) -> Iterator[str]:
    """The words, with a place named after each value; two values of one name are told apart."""
    seen: dict[str, int] = {}
    for value in node.values:
        if isinstance(value, ast.Constant):
            yield str(value.value)
        elif isinstance(value, ast.FormattedValue):
            name = _name(value.value)
            seen[name] = seen.get(name, 0) + 1
            yield f"{{{name}}}" if seen[name] == 1 else f"{{{name}_{seen[name]}}}"


def _name(node: ast.expr) -> str:
    if isinstance(node, ast.Name):
        return node.id.lower().lstrip("_")
    if isinstance(node, ast.Attribute):
        return node.attr.lower().lstrip("_")
    return "value"
