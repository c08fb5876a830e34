"""What can go wrong in the vault, each with a sentence that says what to do."""

from __future__ import annotations


class VaultError(Exception):
    """`sentence` is for the person who runs the installation."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class CannotBeOpened(VaultError):
    """A sealed record that is wrong, truncated or swapped; the three look alike on purpose."""

    def __init__(self, record: str) -> None:
        super().__init__(
            f"The record {record} cannot be opened. It was altered, cut short or swapped, or belongs to other "
            "keys. Compare the database with a backup; nothing was shown."
        )
        self.record = record


class UnsignedKey(VaultError):
    def __init__(self, compartment: str, scope: str) -> None:
        super().__init__(
            f"The public key of the compartment “{compartment}” ({scope}) is not signed by this "
            "installation. Somebody may have swapped it: nothing is sealed with it. Restore the table "
            "compartment_keys from a backup."
        )


class MissingKey(VaultError):
    """A key that is needed is not there."""


class KeyDestroyed(MissingKey):
    def __init__(self, what: str) -> None:
        super().__init__(
            f"The {what} is not in the key store. If its retention has ended, that is as it should be."
        )


class UnusableKey(VaultError):
    """A key file that is not what it says, or that others may read."""


class DevelopmentKey(VaultError):
    def __init__(self, purpose: str) -> None:
        super().__init__(
            f"The {purpose} key is a development key, and this is a production start. "
            "Make real keys with “recruitment install”, in a folder of their own."
        )


class ForeignKeyStore(VaultError):
    def __init__(self, what: str) -> None:
        super().__init__(
            f"The {what} belongs to another installation. Check RECRUITMENT_DATABASE, "
            "RECRUITMENT_KEY_STORE and RECRUITMENT_KEYS: they must come from one “recruitment install”."
        )


class VaultLocked(VaultError):
    def __init__(self) -> None:
        super().__init__("This process holds no private key: nothing sealed can be opened here.")
