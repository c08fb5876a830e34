"""The command line: `recruitment --help`."""

from __future__ import annotations

import sys
from importlib import import_module

import click

from recruitment.rules.errors import Refusal
from recruitment.vault.errors import VaultError

# Command → module and name; loaded when asked for, so that each starts quickly and holds only what it needs.
COMMANDS = {
    "demo": ("recruitment.commands.demo", "demo"),
    "install": ("recruitment.commands.install", "install"),
    "serve": ("recruitment.commands.serve", "serve"),
    "site": ("recruitment.commands.serve", "site"),
    "worker": ("recruitment.commands.serve", "worker"),
    "migrate": ("recruitment.commands.install", "migrate"),
    "organisations": ("recruitment.commands.install", "organisations"),
    "people": ("recruitment.commands.people", "people"),
    "keys": ("recruitment.commands.keys", "keys"),
    "retention": ("recruitment.commands.retention", "retention"),
    "trail": ("recruitment.commands.trails", "trail"),
    "doctor": ("recruitment.commands.doctor", "doctor"),
    "import-applications": ("recruitment.commands.import_applications", "import_applications_command"),
    "export-outcomes": ("recruitment.commands.export_outcomes", "export_outcomes_command"),
    "redact": ("recruitment.commands.redact", "redact_command"),
    "panel": ("recruitment.commands.panel", "panel"),
    "funnel": ("recruitment.commands.funnel", "funnel"),
    "pack": ("recruitment.commands.packs", "pack"),
    "advert": ("recruitment.commands.adverts", "advert"),
    "messages": ("recruitment.commands.messages", "messages_command"),
    "bench": ("recruitment.commands.bench", "bench"),
}


class Commands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(name for name in COMMANDS if name != "site")

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module, attribute = COMMANDS[name]
        return getattr(import_module(module), attribute)  # type: ignore[no-any-return]


@click.command(cls=Commands)
def recruitment() -> None:
    """Anonymised recruitment for public bodies."""


def main() -> None:
    """Run a command; what is refused is told in a sentence, without a traceback."""
    try:
        recruitment(prog_name="recruitment")
    except (VaultError, Refusal) as refusal:
        click.echo(refusal.sentence, err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
