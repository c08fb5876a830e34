"""Two characteristics crossed: only where the attacker agrees, and never at the cost of the tables themselves.

Sources: Nuffield Trust and Prisons and Probation Ombudsman (differences within broad groups, and where two
characteristics meet); Hundepool et al. (2012), section 5.4 (linked tables).

The tables are released first. A crossing is then a later release of the same people, read together with everything
that was ever released beside them, of which its own figures alone may be withheld; where nothing of it can be
shown safely it is not published at all. Once published it is part of the ledger: what comes later must be safe
beside it, and the same crossing of people whom no release divides is guarded as if it had been printed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from recruitment.rules.disclosure.controlled import Controlled, Rules, control
from recruitment.rules.disclosure.ledger import Held, Ledger, laid_out


def add_crossing(
    ledger: Ledger, scope: str, crossed: frozenset[str], held: Mapping[str, Held], rules: Rules | None = None
) -> tuple[Controlled, Ledger] | None:
    """The crossed lines of a release that is in the ledger, and the ledger with them; None where the attacker does
    not agree.

    `held` has every campaign of the release and of the entries beside it, with the crossed lines and those of
    crossings that were published before. A crossing that would show nothing but noughts and asterisks of
    those who gave both answers counts as not agreed. KeyError for a release that is not in the ledger.
    """
    rules = rules or Rules()
    own = {entry.scope: entry for entry in ledger.entries}[scope]
    beside = ledger.beside(own.campaigns)
    laid = laid_out(scope, own.campaigns, beside, held, rules.threshold)
    made = control(
        laid.shapes,
        laid.numbers,
        rules,
        periods=laid.periods,
        earlier=laid.known,
        new=(scope,),
        lines=crossed,
        guarded=laid.guarded,
    )
    spoken = {(line.name, row) for line in laid.shapes[scope].lines if line.name in crossed for row in line.spoken}
    told = any(number for cell, number in made.figures.items() if (cell.line, cell.row) in spoken)
    if not made.is_whole or not told:
        return None
    with_it = replace(
        own,
        shape=laid.shapes[scope],
        published={**own.published, **made.published},
        protected=own.protected | made.protected,
    )
    return made, Ledger(tuple(with_it if entry.scope == scope else entry for entry in ledger.entries))
