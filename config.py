"""Settings of one installation, read from the environment; defaults run on SQLite with no set-up."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent
TEMPLATES = ROOT / "templates"
MIGRATIONS = ROOT / "migrations"


@dataclass(frozen=True)
class Config:
    """`keys` is a folder of key files; `key_store` and `database` are SQLAlchemy addresses.

    `clamd` is where uploads are scanned for viruses, unix:///path or tcp://host:port; empty for not at all.
    `webhook_networks`: private networks, as 10.0.0.0/8, in which webhooks may be sent.
    `oidc_…`: the account provider through which staff may sign in; an empty issuer for none.
    `oidc_organisation`: the slug of the one body whose provider it is; it may be empty where there is one body.
    `backup_stamp`: a file that each successful backup touches; empty for none.
    `is_development` lets development keys in and HTTPS out. Addresses of the two sites are as browsers see them.
    """

    home: Path
    database: str
    key_store: str
    keys: Path
    is_development: bool = False
    public_url: str = "http://127.0.0.1:8000"
    staff_url: str = "http://127.0.0.1:8001"
    service_name: str = "Apply for a job"
    mail_host: str = ""
    mail_port: int = 587
    mail_sender: str = ""
    mail_user: str = ""
    mail_password: str = ""
    mail_tls: bool = True
    trusted_proxies: int = 0
    clamd: str = ""
    webhook_networks: str = ""
    backup_stamp: str = ""
    oidc_issuer: str = ""
    oidc_client_id: str = ""
    oidc_client_secret: str = ""
    oidc_name: str = "your organisation’s account"
    oidc_organisation: str = ""

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Config:
        def read(name: str, default: str) -> str:
            return environment.get(f"RECRUITMENT_{name}", "") or default

        home = Path(read("HOME", str(ROOT / "instance"))).expanduser().resolve()
        return cls(
            home=home,
            database=read("DATABASE", f"sqlite:///{home / 'recruitment.db'}"),
            key_store=read("KEY_STORE", f"sqlite:///{home / 'keys.db'}"),
            keys=Path(read("KEYS", str(home / "keys"))),
            is_development=read("DEVELOPMENT", "no") == "yes",
            public_url=read("PUBLIC_URL", cls.public_url).rstrip("/"),
            staff_url=read("STAFF_URL", cls.staff_url).rstrip("/"),
            service_name=read("SERVICE_NAME", cls.service_name),
            mail_host=read("MAIL_HOST", ""),
            mail_port=int(read("MAIL_PORT", str(cls.mail_port))),
            mail_sender=read("MAIL_SENDER", ""),
            mail_user=read("MAIL_USER", ""),
            mail_password=read("MAIL_PASSWORD", ""),
            mail_tls=read("MAIL_TLS", "yes") == "yes",
            trusted_proxies=int(read("TRUSTED_PROXIES", "0")),
            clamd=read("CLAMD", ""),
            webhook_networks=read("WEBHOOK_NETWORKS", ""),
            backup_stamp=read("BACKUP_STAMP", ""),
            oidc_issuer=read("OIDC_ISSUER", ""),
            oidc_client_id=read("OIDC_CLIENT_ID", ""),
            oidc_client_secret=read("OIDC_CLIENT_SECRET", ""),
            oidc_name=read("OIDC_NAME", cls.oidc_name),
            oidc_organisation=read("OIDC_ORGANISATION", ""),
        )

    @property
    def is_secure(self) -> bool:
        """Whether cookies demand HTTPS: always outside development."""
        return not self.is_development
