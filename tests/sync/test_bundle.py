import secrets
import struct
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.errors import AdvisorError, BadDataError, RefusedError, WrongKeyError
from advisor.store.keys import FLOOR
from advisor.sync import bundle
from advisor.sync.bundle import CHUNK, HEADER, MAGIC, TAG, seal, unseal
from advisor.sync.device_keys import new_pair
from advisor.sync.envelopes import (
    Answered,
    Manifest,
    Returned,
    answer_to,
    is_answered_by,
    is_signed,
    line_of,
    manifest_of,
    opened,
    public_box,
    sign,
)
from advisor.sync.messages import Reply
from advisor.sync.wire import plain

PHRASE = "une phrase pour la clé"
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
CONTENT = {"format": 1, "envelopes": [], "replies": []}
BODY = {"device": "a", "incarnation": "i", "local_seq": 1, "entity": "note", "entity_id": "n"}


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stretch each phrase once: the cost of a guess is not what is tried here."""
    known: dict[Any, bytes] = {}
    slow = bundle.stretch

    def stretch(phrase: str, salt: bytes, cost: Any) -> bytes:
        if (phrase, salt, cost) not in known:
            known[phrase, salt, cost] = slow(phrase, salt, cost)
        return known[phrase, salt, cost]

    monkeypatch.setattr(bundle, "stretch", stretch)


@given(said=st.dictionaries(st.text(), JSON, max_size=4))
@settings(max_examples=15, deadline=None)
def test_what_is_sealed_opens_with_its_phrase(said: dict[str, Any]) -> None:
    content = {**said, "format": 1}
    assert unseal(seal(content, PHRASE, FLOOR), PHRASE) == content


def test_every_byte_flipped_is_refused() -> None:
    data = seal(CONTENT, PHRASE, FLOOR)
    for place in range(len(data)):
        for bit in (0x01, 0x80):
            changed = bytearray(data)
            changed[place] ^= bit
            with pytest.raises(BadDataError):
                unseal(bytes(changed), PHRASE)


def test_every_length_short_or_long_is_refused() -> None:
    data = seal(CONTENT, PHRASE, FLOOR)
    for length in range(len(data)):
        with pytest.raises(BadDataError):
            unseal(data[:length], PHRASE)
    for more in (b"\0", data, bytes(CHUNK + TAG)):
        with pytest.raises(BadDataError):
            unseal(data + more, PHRASE)


def test_chunks_moved_removed_or_doubled_are_refused() -> None:
    noise = secrets.token_hex(150_000)
    data = seal({**CONTENT, "noise": noise}, PHRASE, FLOOR)
    head, size = data[:HEADER], CHUNK + TAG
    chunks = [data[place : place + size] for place in range(HEADER, len(data), size)]
    assert len(chunks) >= 3
    first, second, *rest = chunks
    for wrong in ([second, first, *rest], [first, *rest], [first, *chunks], chunks[:-1]):
        with pytest.raises(BadDataError, match="abîmé"):
            unseal(head + b"".join(wrong), PHRASE)
    other = seal({**CONTENT, "noise": noise}, PHRASE, FLOOR)
    with pytest.raises(BadDataError, match="abîmé"):
        unseal(head + other[HEADER : HEADER + size] + b"".join(chunks[1:]), PHRASE)


def test_a_hostile_header_asks_for_no_more_memory_than_the_bound(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def never(*_: object) -> bytes:
        raise AssertionError

    data = bytearray(seal(CONTENT, PHRASE, FLOOR))
    monkeypatch.setattr(bundle, "stretch", never)
    for memory, passes, lanes in ((100 * 1024 * 1024, 2, 1), (19456, 60_000, 1), (19456, 2, 0)):
        struct.pack_into(">IHB", data, len(MAGIC) + 1, memory, passes, lanes)
        data[HEADER - 16 : HEADER] = bundle._digest(bytes(data[: HEADER - 16]))
        with pytest.raises(BadDataError, match="abîmé"):
            unseal(bytes(data), PHRASE)


def test_a_bomb_is_not_unpacked_beyond_the_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    data = seal({**CONTENT, "zeros": "0" * 3_000_000}, PHRASE, FLOOR)
    monkeypatch.setattr(bundle, "LARGEST_CONTENT", 100_000)
    with pytest.raises(BadDataError):
        unseal(data, PHRASE)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "vide"),
        (b"PK\x03\x04 un classeur", "n’est pas un fichier d’échange"),
        ("du texte en latin-1 é".encode("latin-1"), "n’est pas un fichier d’échange"),
        (MAGIC, "abîmé"),
        (MAGIC + bytes([9]) + bytes(200), "plus récente"),
    ],
)
def test_what_is_no_such_file_is_told_in_one_sentence(data: bytes, said: str) -> None:
    with pytest.raises(BadDataError, match=said) as told:
        unseal(data, PHRASE)
    assert told.value.hint


def test_a_wrong_phrase_is_told_apart_from_damage_and_accents_typed_otherwise_are_the_same() -> (
    None
):
    data = seal(CONTENT, PHRASE, FLOOR)
    with pytest.raises(WrongKeyError, match="n’ouvre pas ce fichier"):
        unseal(data, "une phrase pour la cle")
    assert unseal(data, "une phrase pour la cle\u0301") == CONTENT


def test_a_later_content_and_a_short_phrase_are_refused() -> None:
    with pytest.raises(BadDataError, match="plus récente"):
        unseal(seal({"format": 2}, PHRASE, FLOOR), PHRASE)
    with pytest.raises(RefusedError, match="au moins 8"):
        seal(CONTENT, "court", FLOOR)


@given(data=st.binary(max_size=300))
@settings(max_examples=60, deadline=None)
def test_any_bytes_are_refused_with_a_sentence(data: bytes) -> None:
    for start in (b"", MAGIC, MAGIC + b"\1"):
        with pytest.raises(AdvisorError):
            unseal(start + data, PHRASE)


def signed() -> tuple[Any, str, str]:
    private, public = new_pair()
    manifest = Manifest("a", "i", 1, 0, (line_of(BODY),), box=public_box(private))
    return sign(manifest, (BODY,), private), private, public


def test_a_body_may_be_emptied_and_the_rest_stays_signed_but_never_changed() -> None:
    sent, _private, public = signed()
    assert is_signed(sent, public)
    emptied = type(sent)(sent.manifest, sent.signature, (None,))
    manifest_of(emptied)
    assert is_signed(emptied, public)
    changed = type(sent)(sent.manifest, sent.signature, ({**BODY, "entity_id": "m"},))
    with pytest.raises(BadDataError):
        manifest_of(changed)
    later = type(sent)({**sent.manifest, "cursor": 9}, sent.signature, sent.bodies)
    assert not is_signed(later, public)
    assert not is_signed(sent, new_pair()[1])


def test_an_answer_opens_for_its_author_alone_and_cannot_be_changed() -> None:
    sent, private, _public = signed()
    central, central_public = new_pair()
    said = Returned(0, None, 1, (Reply(head=3),))
    given = answer_to(manifest_of(sent), sent.id, said, 3, central)
    assert is_answered_by(given, central_public)
    assert opened(given, private) == said
    assert opened(given, new_pair()[0]) is None
    for name, value in {"device": "b", "head": 4, "envelope": "x", "sealed": "AAAA"}.items():
        changed = Answered(**{**plain(given), name: value})
        assert not is_answered_by(changed, central_public)
        assert opened(changed, private) is None
