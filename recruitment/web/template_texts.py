"""Finds the texts in a template as it is compiled, and puts a translation in their place.

A text is what stands between two tags that part lines and blocks; tags within a line (a link, a bold word) and
expressions are places in it. What is in attributes that are read out (`title`, `aria-label`, `alt`, `placeholder`)
is a text too, and so are words in quotation marks that an expression shows. Templates need no marks for this, and
the English templates are compiled as they are written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from jinja2 import nodes

from recruitment.web.html_pieces import Hole, Html, Piece, Tag
from recruitment.web.text_runs import put_together, runs_of
from recruitment.web.texts import Texts, is_spoken

_NAMES_NOTHING = frozenset(
    ("selectattr rejectattr map attr groupby sort select reject replace join batch format tojson").split()
)
_NEVER_SAID = frozenset({"url_for", "csrf_token", "super", "namespace", "range"})
_CODES = frozenset("class classes href id name value type rowClasses autocomplete".split())


class TemplateTexts:
    """One template: `rewrite` asks `texts` about each text in it, and changes the tree where it answers."""

    def __init__(self, texts: Texts) -> None:
        self.texts = texts
        self.html = Html()

    def rewrite(self, template: nodes.Template) -> nodes.Template:
        self._statements(template.body)
        return template

    def _statements(self, body: Sequence[nodes.Node]) -> None:
        for node in body:
            self._statement(node)

    def _statement(self, node: nodes.Node) -> None:
        if isinstance(node, nodes.Output):
            node.nodes = self._output(node.nodes)
        elif isinstance(node, nodes.If):
            self._branches([node.body, *(each.body for each in node.elif_), node.else_])
        elif isinstance(node, nodes.For):
            node.iter = self._expression(node.iter)
            self._branches([node.body, node.else_])
        elif isinstance(node, (nodes.Macro, nodes.CallBlock, nodes.AssignBlock, nodes.Block, nodes.FilterBlock)):
            self._apart(node)
        elif isinstance(node, nodes.Assign):
            node.node = self._expression(node.node)
        elif isinstance(node, nodes.With):
            node.values = [self._expression(each) for each in node.values]
            self._statements(node.body)
        elif isinstance(node, (nodes.Scope, nodes.ScopedEvalContextModifier)):
            self._statements(node.body)

    def _branches(self, bodies: Sequence[Sequence[nodes.Node]]) -> None:
        """Each begins where the others do, and the first says where the page goes on."""
        start = self.html.copy()
        after = None
        for body in bodies:
            self.html = start.copy()
            self._statements(body)
            after = after or self.html
        self.html = after or start

    def _apart(
        self, node: nodes.Macro | nodes.CallBlock | nodes.AssignBlock | nodes.Block | nodes.FilterBlock
    ) -> None:
        """A body that is put in place elsewhere begins outside every tag."""
        if isinstance(node, nodes.CallBlock):
            node.call = self._expression(node.call)  # type: ignore[assignment]
        if isinstance(node, (nodes.Macro, nodes.CallBlock)):
            node.defaults = [self._expression(each) for each in node.defaults]
        outside, self.html = self.html, Html()
        self._statements(node.body)
        self.html = outside

    def _output(self, parts: list[nodes.Expr]) -> list[nodes.Expr]:
        made: list[nodes.Expr] = []
        for run in runs_of(list(self._pieces(parts))):
            made += put_together(run, self.texts)
        return made

    def _pieces(self, parts: Sequence[nodes.Expr]) -> Iterator[Piece]:
        for part in parts:
            if isinstance(part, nodes.TemplateData):
                yield from self.html.read(part.data)
            elif self.html.is_in_tag:
                shown = self._expression(part, is_shown=self.html.is_read_out)
                yield Tag([Hole(shown, part)], name=self.html.name)
            else:
                yield Hole(self._expression(part, is_shown=not self.html.raw), part)

    def _expression(self, node: nodes.Expr, *, is_shown: bool = False) -> nodes.Expr:
        """The expression with its texts translated; `is_shown` where its own value stands on the page."""
        change = _CHANGES.get(type(node))
        return change(self, node, is_shown) if change else node

    def _const(self, node: nodes.Const, is_shown: bool) -> nodes.Expr:
        if not isinstance(node.value, str) or not (is_spoken(node.value, is_shown=is_shown)):
            return node
        said = self.texts.say_around(node.value)
        return node if said is None else nodes.Const(said, lineno=node.lineno)

    def _choice(self, node: nodes.CondExpr, is_shown: bool) -> nodes.Expr:
        first = self._expression(node.expr1, is_shown=is_shown)
        second = self._expression(node.expr2, is_shown=is_shown) if node.expr2 is not None else None
        return nodes.CondExpr(node.test, first, second, lineno=node.lineno)

    def _joined(self, node: nodes.Concat, is_shown: bool) -> nodes.Expr:
        return nodes.Concat([self._expression(each, is_shown=is_shown) for each in node.nodes], lineno=node.lineno)

    def _either(self, node: nodes.BinExpr, is_shown: bool) -> nodes.Expr:
        left = self._expression(node.left, is_shown=is_shown)
        right = self._expression(node.right, is_shown=is_shown)
        return type(node)(left, right, lineno=node.lineno)

    def _filtered(self, node: nodes.Filter, is_shown: bool) -> nodes.Expr:
        if node.node is None:
            return node
        inner = self._expression(node.node, is_shown=is_shown)
        args = node.args
        if node.name == "count":
            self.texts.note_count(*(arg.value for arg in args if isinstance(arg, nodes.Const)))
        elif node.name not in _NAMES_NOTHING:
            args = [self._expression(each, is_shown=is_shown and node.name == "default") for each in args]
        return nodes.Filter(
            inner, node.name, args, node.kwargs, node.dyn_args, node.dyn_kwargs, lineno=node.lineno
        )

    def _called(self, node: nodes.Call, is_shown: bool) -> nodes.Expr:
        if isinstance(node.node, nodes.Name) and node.node.name in _NEVER_SAID:
            return node
        args = [self._expression(each) for each in node.args]
        kwargs = [
            each
            if each.key in _CODES
            else nodes.Keyword(each.key, self._expression(each.value), lineno=each.lineno)
            for each in node.kwargs
        ]
        return nodes.Call(node.node, args, kwargs, node.dyn_args, node.dyn_kwargs, lineno=node.lineno)

    def _mapping(self, node: nodes.Dict, is_shown: bool) -> nodes.Expr:
        items = [
            each
            if isinstance(each.key, nodes.Const) and each.key.value in _CODES
            else nodes.Pair(each.key, self._expression(each.value), lineno=each.lineno)
            for each in node.items
        ]
        return nodes.Dict(items, lineno=node.lineno)

    def _several(self, node: nodes.List | nodes.Tuple, is_shown: bool) -> nodes.Expr:
        items = [self._expression(each) for each in node.items]
        if isinstance(node, nodes.Tuple):
            return nodes.Tuple(items, node.ctx, lineno=node.lineno)
        return nodes.List(items, lineno=node.lineno)

    def _taken(self, node: nodes.Getitem, is_shown: bool) -> nodes.Expr:
        return nodes.Getitem(self._expression(node.node), node.arg, node.ctx, lineno=node.lineno)


_CHANGES: dict[type[nodes.Node], Callable[..., nodes.Expr]] = {
    nodes.Const: TemplateTexts._const,
    nodes.CondExpr: TemplateTexts._choice,
    nodes.Concat: TemplateTexts._joined,
    nodes.Or: TemplateTexts._either,
    nodes.And: TemplateTexts._either,
    nodes.Add: TemplateTexts._either,
    nodes.Filter: TemplateTexts._filtered,
    nodes.Call: TemplateTexts._called,
    nodes.Dict: TemplateTexts._mapping,
    nodes.List: TemplateTexts._several,
    nodes.Tuple: TemplateTexts._several,
    nodes.Getitem: TemplateTexts._taken,
}
