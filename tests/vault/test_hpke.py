"""HPKE against RFC 9180.

The RFC's own vectors for X25519 use AES-128-GCM or ChaCha20-Poly1305, not our AES-256-GCM, and the single-shot
API takes no ephemeral key. So RFC 9180 is composed here a second time, from its sections 4.1 and 5.1 and nothing
of the vault's, proven with the vector of appendix A.1.1, and then made to open what the vault seals and the
other way round.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from recruitment.vault import hpke
from recruitment.vault.errors import CannotBeOpened

AES_128_GCM, AES_256_GCM = (1, 16), (2, 32)  # RFC 9180, 7.3: identifier, bytes of key


def extract(salt: bytes, keying: bytes) -> bytes:
    return hmac.digest(salt or bytes(32), keying, "sha256")


def expand(key: bytes, info: bytes, length: int) -> bytes:
    out = block = b""
    for number in range(1, -(-length // 32) + 1):
        block = hmac.digest(key, block + info + bytes([number]), "sha256")
        out += block
    return out[:length]


def labelled_extract(suite: bytes, salt: bytes, label: bytes, keying: bytes) -> bytes:
    return extract(salt, b"HPKE-v1" + suite + label + keying)


def labelled_expand(suite: bytes, key: bytes, label: bytes, info: bytes, length: int) -> bytes:
    return expand(key, length.to_bytes(2, "big") + b"HPKE-v1" + suite + label + info, length)


@dataclass(frozen=True)
class Context:
    shared_secret: bytes
    key: bytes
    nonce: bytes


def schedule(
    exchanged: bytes, encapsulated: bytes, recipient: bytes, info: bytes, aead: tuple[int, int]
) -> Context:
    """Base mode: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256 and an AEAD."""
    kem = b"KEM" + (0x20).to_bytes(2, "big")
    eae = labelled_extract(kem, b"", b"eae_prk", exchanged)
    shared = labelled_expand(kem, eae, b"shared_secret", encapsulated + recipient, 32)
    suite = b"HPKE" + b"".join(number.to_bytes(2, "big") for number in (0x20, 1, aead[0]))
    context = (
        b"\0"
        + labelled_extract(suite, b"", b"psk_id_hash", b"")
        + labelled_extract(suite, b"", b"info_hash", info)
    )
    secret = labelled_extract(suite, shared, b"secret", b"")
    return Context(
        shared,
        labelled_expand(suite, secret, b"key", context, aead[1]),
        labelled_expand(suite, secret, b"base_nonce", context, 12),
    )


def independent_seal(recipient: bytes, plaintext: bytes, info: bytes) -> bytes:
    ephemeral = X25519PrivateKey.generate()
    encapsulated = ephemeral.public_key().public_bytes_raw()
    exchanged = ephemeral.exchange(X25519PublicKey.from_public_bytes(recipient))
    made = schedule(exchanged, encapsulated, recipient, info, AES_256_GCM)
    return encapsulated + AESGCM(made.key).encrypt(made.nonce, plaintext, b"")


def independent_open(private: bytes, blob: bytes, info: bytes) -> bytes:
    key = X25519PrivateKey.from_private_bytes(private)
    exchanged = key.exchange(X25519PublicKey.from_public_bytes(blob[:32]))
    made = schedule(exchanged, blob[:32], key.public_key().public_bytes_raw(), info, AES_256_GCM)
    return AESGCM(made.key).decrypt(made.nonce, blob[32:], b"")


def test_the_independent_composition_gives_the_vector_of_rfc_9180_a_1_1() -> None:
    recipient = X25519PrivateKey.from_private_bytes(
        bytes.fromhex("4612c550263fc8ad58375df3f557aac531d26850903e55a9f23f21d8534e8ac8")
    )
    encapsulated = bytes.fromhex("37fda3567bdbd628e88668c3c8d7e97d1d1253b6d4ea6d44c150f741f1bf4431")
    made = schedule(
        recipient.exchange(X25519PublicKey.from_public_bytes(encapsulated)),
        encapsulated,
        recipient.public_key().public_bytes_raw(),
        bytes.fromhex("4f6465206f6e2061204772656369616e2055726e"),
        AES_128_GCM,
    )
    assert made == Context(
        bytes.fromhex("fe0e18c9f024ce43799ae393c7e8fe8fce9d218875e8227b0187c04e7d2ea1fc"),
        bytes.fromhex("4531685d41d65f03dc48f6b8302c05b0"),
        bytes.fromhex("56d890e5accaaf011cff4b7d"),
    )
    sealed = AESGCM(made.key).encrypt(
        made.nonce, bytes.fromhex("4265617574792069732074727574682c20747275746820626561757479"), b"Count-0"
    )
    assert sealed.hex() == (
        "f938558b5d72f1a23810b4be2ab4f84331acc02fc97babc53a52ae8218a355a96d8770ac83d07bea87e13c512a"
    )


def test_what_the_vault_seals_an_independent_composition_of_the_rfc_opens() -> None:
    private, public = hpke.make_key_pair()
    assert independent_open(private, hpke.seal(public, b"Folasade", b"place"), b"place") == b"Folasade"


def test_what_an_independent_composition_of_the_rfc_seals_the_vault_opens() -> None:
    private, public = hpke.make_key_pair()
    blob = independent_seal(public, b"Folasade", b"place")
    assert hpke.Opener(private).open(blob, b"place", "record 1") == b"Folasade"


@pytest.mark.parametrize("length", [0, 1, 2048])
def test_sealing_adds_48_bytes_to_any_length(length: int) -> None:
    _, public = hpke.make_key_pair()
    assert len(hpke.seal(public, bytes(length), b"place")) == length + hpke.OVERHEAD == length + 48


def test_the_same_words_sealed_twice_look_different() -> None:
    _, public = hpke.make_key_pair()
    assert len({hpke.seal(public, b"yes", b"place") for _ in range(20)}) == 20


def test_a_blob_that_is_wrong_in_any_way_is_refused_with_the_name_of_its_record() -> None:
    private, public = hpke.make_key_pair()
    other_private, _ = hpke.make_key_pair()
    blob = hpke.seal(public, b"Folasade", b"place")
    assert hpke.Opener(private).open(blob, b"place", "record 1") == b"Folasade"
    wrong = {
        "empty": (private, b"", b"place"),
        "one byte": (private, blob[:1], b"place"),
        "encapsulated key alone": (private, blob[:32], b"place"),
        "shorter than a tag": (private, blob[:40], b"place"),
        "cut short": (private, blob[:-1], b"place"),
        "longer": (private, blob + b"\0", b"place"),
        "altered at its end": (private, blob[:-1] + bytes([blob[-1] ^ 1]), b"place"),
        "altered at its start": (private, bytes([blob[0] ^ 1]) + blob[1:], b"place"),
        "a key of small order": (private, bytes(32) + blob[32:], b"place"),
        "another place": (private, blob, b"elsewhere"),
        "another key": (other_private, blob, b"place"),
    }
    told = {}
    for case, (key, altered, binding) in wrong.items():
        with pytest.raises(CannotBeOpened) as refused:
            hpke.Opener(key).open(altered, binding, "record 1")
        told[case] = refused.value.record
    assert told == dict.fromkeys(wrong, "record 1")
