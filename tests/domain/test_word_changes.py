from hypothesis import given
from hypothesis import strategies as st

from advisor.domain.words.word_changes import Pieces, only_here, word_changes

FRENCH = st.text(alphabet="aéœ’' -.,;\n\u202fbcdl«»_1", max_size=60)


def whole(pieces: Pieces) -> str:
    return "".join(one.text for one in pieces)


@given(FRENCH, FRENCH)
def test_the_pieces_joined_again_give_each_text_back(left: str, right: str) -> None:
    ours, theirs = word_changes(left, right)
    assert (whole(ours), whole(theirs)) == (left, right)


@given(FRENCH)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    ours, theirs = word_changes(text, text)
    assert all(one.shared for one in (*ours, *theirs))


@given(FRENCH, FRENCH)
def test_what_both_say_is_the_same_words_on_both_sides(left: str, right: str) -> None:
    ours, theirs = word_changes(left, right)

    def said(pieces: Pieces) -> list[str]:
        shared = "".join(one.text for one in pieces if one.shared)
        return "".join(shared.split()).replace("'", "’").split()

    assert said(ours) == said(theirs)


def test_only_the_words_changed_are_marked() -> None:
    ours, theirs = word_changes(
        "Cherche un cabinet de groupe à Provins, conjoint enseignant.",
        "Cherche une maison de santé à Provins, conjoint enseignant.",
    )
    assert [one.text for one in ours if not one.shared] == ["un cabinet", "groupe"]
    assert [one.text for one in theirs if not one.shared] == ["une maison", "santé"]
    assert only_here(theirs) == "une maison, santé"


def test_an_elision_is_a_word_of_its_own_and_kinds_of_apostrophe_are_one() -> None:
    ours, theirs = word_changes("l'hôpital de Melun", "l’Hôtel-Dieu de Melun")
    assert [one.text for one in ours if not one.shared] == ["hôpital"]
    assert [one.text for one in theirs if not one.shared] == ["Hôtel-Dieu"]


def test_spaces_and_line_ends_alone_are_no_change() -> None:
    ours, theirs = word_changes("Rappeler lundi.\nVoir la CPAM.", "Rappeler  lundi. Voir la CPAM.")
    assert all(one.shared for one in (*ours, *theirs))


def test_a_very_long_text_is_compared_by_sentences() -> None:
    same = "Le cabinet ferme en juin et la commune cherche un repreneur. " * 800
    ours, theirs = word_changes(f"{same}Il rappellera lundi.", f"{same}Il rappellera mardi matin.")
    assert only_here(ours) == "Il rappellera lundi."
    assert only_here(theirs) == "Il rappellera mardi matin."


def test_an_empty_text_shares_nothing() -> None:
    ours, theirs = word_changes("", "Tout est neuf")
    assert ours == ()
    assert [(one.text, one.shared) for one in theirs] == [("Tout est neuf", False)]
