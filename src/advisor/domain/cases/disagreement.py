"""What waits for a decision: values people left in conflict, and entries the centre set aside.

True on paper; no database, no window. Values are JSON values; instants have their offset.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from advisor.domain.cases.field_words import Form, Shape, field_words, kind_words
from advisor.domain.cases.operation import Op
from advisor.domain.cases.synced import DELETED


class Keep(StrEnum):
    """What becomes of the versions of a field: the current one stays, another wins, or both."""

    CURRENT = "current"
    OTHER = "other"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Voice:
    """One value, in words, with who said it and when; ``here`` when written on this computer."""

    id: str
    value: Any
    words: str
    author: str
    organisation: str
    device: str
    declared_at: datetime
    here: bool = False


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A field with several values; the first voice is the current one.

    ``title`` says whose record it is, ``label`` the field and ``kind`` the record in French.
    """

    id: str
    entity: str
    entity_id: str
    field: str
    kind: str
    label: str
    title: str
    voices: tuple[Voice, ...]
    form: Form
    interview: str | None = None

    @property
    def current(self) -> Any:
        """Return the value that holds until somebody decides."""
        return self.voices[0].value

    @property
    def is_life(self) -> bool:
        """Tell whether the choice is between keeping a record and deleting it."""
        return self.field == DELETED

    @property
    def can_keep_both(self) -> bool:
        """Tell whether the versions can stand together in one value."""
        return self.form.shape in {Shape.TEXT, Shape.LINE, Shape.LIST} and all(
            isinstance(one.value, str | list) for one in self.voices
        )

    @property
    def can_combine(self) -> bool:
        """Tell whether another value can be typed."""
        return self.form.shape not in {Shape.LIFE, Shape.KEPT}

    def both(self) -> Any:
        """Return every version in one value: texts one under the other, lists without repeats."""
        values = [one.value for one in self.voices if one.value]
        if self.form.shape is Shape.LIST:
            return list(dict.fromkeys(item for value in values for item in value))
        return joined_texts(values, " / " if self.form.shape is Shape.LINE else "\n\n")


@dataclass(frozen=True, slots=True)
class TypedValue:
    """A field of an entry set aside: what was typed, what the record says now, how it is typed."""

    name: str
    label: str
    value: Any
    words: str
    now: Any
    now_words: str
    form: Form


@dataclass(frozen=True, slots=True)
class Held:
    """An entry the central store set aside: kept whole, to be mended and sent again.

    ``reason`` says why in French, ``advice`` what to do; ``can_resend`` is False when sending it
    again would change nothing. ``aside`` when somebody chose to leave it there. ``gone`` when it
    came after its person was erased: nobody keeps what it said.
    """

    id: str
    entity: str
    entity_id: str
    title: str
    what: str
    reason: str
    advice: str
    values: tuple[TypedValue, ...]
    author: str
    declared_at: datetime
    can_resend: bool = True
    aside: bool = False
    interview: str | None = None
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Decisions:
    """All that waits for somebody's choice."""

    conflicts: Sequence[Disagreement] = field(default_factory=tuple)
    held: Sequence[Held] = field(default_factory=tuple)

    @property
    def count(self) -> int:
        """Return how many choices wait; what was left aside is not counted."""
        return len(self.conflicts) + sum(not one.aside for one in self.held)


REASONS: Mapping[str, tuple[str, str]] = {
    "rights": (
        "Ce poste n’a pas le droit d’écrire cela dans ce département.",
        "Demandez l’accès au référent régional, puis renvoyez la saisie.",
    ),
    "unknown_record": (
        "Le serveur central ne connaît pas la fiche modifiée.",
        "Renvoyez d’abord la fiche elle-même\u202f; si elle a été retirée, laissez de côté.",
    ),
    "invalid": (
        "Une valeur n’a pas la forme attendue.",
        "Corrigez-la ci-dessous, puis renvoyez.",
    ),
    "fixed": (
        "Cette information s’écrit une seule fois\u202f: le serveur central garde la première.",
        "Laissez de côté\u202f; au besoin, écrivez une note.",
    ),
    "unknown_schema": (
        "Le serveur central est d’une autre version que cette application.",
        "Renvoyez la saisie quand le serveur central aura été mis à jour.",
    ),
    "unknown_kind": (
        "Le serveur central ne connaît pas encore cette sorte de fiche.",
        "Renvoyez la saisie quand le serveur central aura été mis à jour.",
    ),
    "erased": (
        "Reçue après l’effacement de la personne\u202f: non conservée.",
        "Rien n’est à renvoyer\u202f: laissez de côté.",
    ),
    "unreadable": (
        "Le serveur central n’a pas su lire cette saisie.",
        "Corrigez-la ou renvoyez-la telle quelle\u202f; si cela recommence, prévenez le support.",
    ),
}
OTHER_REASON = (
    "Le serveur central a mis cette saisie de côté.",
    "Renvoyez-la\u202f; si cela recommence, prévenez le support.",
)
SAME = "la même chose"
BEHIND_THE_SCENES = {"interview", "author", "organisation", "fingerprint", "series", "partner"}
NEVER_SENT_AGAIN = {"erased", "fixed"}


def joined_texts(texts: Sequence[str], between: str = "\n\n") -> str:
    """Return texts one after the other, each once."""
    return between.join(dict.fromkeys(text.strip() for text in texts if text.strip()))


def typed_values(
    op: Op, now: Mapping[str, Any], forms: Mapping[str, Form], say: Callable[[str, Any], str]
) -> list[TypedValue]:
    """Return what an entry set aside had typed, beside what the record says now.

    ``say`` gives the words of a field's value.
    """
    return [
        TypedValue(
            name,
            field_words(op.entity, name),
            change.new,
            say(name, change.new),
            now.get(name),
            SAME if now.get(name) == change.new else say(name, now.get(name)),
            forms[name],
        )
        for name, change in op.fields.items()
        if name not in BEHIND_THE_SCENES and (change.new, change.old) != (None, None)
    ]


def conflict_words(one: Disagreement) -> str:
    """Return « note · 2 versions » or « secteur · 2 valeurs »."""
    if one.is_life:
        return f"{kind_words(one.entity)} · retrait contre modification"
    count = len(one.voices)
    if one.entity == "note":
        return f"note · {count} versions"
    return f"{one.label} · {count} valeurs"
