"""What is blanked where a person is erased, and what can be proven afterwards (docs/adr/0083)."""

import time
from dataclasses import replace

import pytest

from denials.law import erasure
from denials.law.content import StatedParty
from denials.law.erasure import ERASED, NotAnErasure
from tests.factories import a_content

PERSON = StatedParty.stated(
    "consignee",
    "Ivan Petrov",
    country="RS",
    address="1 Main Street",
    aliases=("I. Petrov", "Иван Петров"),
    identifiers=(("passport", "0012345"),),
)
WHOLE = a_content(explanation="Ivan Petrov, known as I. PETROV, trades with Petrovski d.o.o.", remarks="none")
NAMED = replace(WHOLE, parties=(*WHOLE.parties, PERSON))


def test_personal_fields_are_blanked_and_nothing_else():
    left = erasure.erased(NAMED, erasure.all_names([NAMED], ["Ivan Petrov"]))
    blank = StatedParty(role="consignee", name=ERASED, country="RS")
    assert left == replace(
        NAMED,
        parties=(*WHOLE.parties, blank),
        explanation=f"{ERASED}, known as {ERASED}, trades with Petrovski d.o.o.",
    )


def test_a_person_is_known_by_every_name_any_version_gives():
    later = replace(NAMED, parties=(StatedParty.stated("consignee", "Petrov, I.", aliases=("Иван Петров",)),))
    names = erasure.all_names([NAMED, later], ["Ivan Petrov"])
    assert names == {"Ivan Petrov", "I. Petrov", "Иван Петров", "Petrov, I."}


def test_chosen_fields_alone_are_blanked():
    left = erasure.erased(NAMED, {"Ivan Petrov"}, ["address"])
    assert left.parties[-1] == replace(PERSON, address="")
    assert left.explanation == NAMED.explanation


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("To Ali Baba.", f"To {ERASED}."),
        ("ALI BABA and ali baba", f"{ERASED} and {ERASED}"),
        ("Ali Babayev", "Ali Babayev"),
        ("Ali", "Ali"),  # too short to be looked for in other texts
    ],
)
def test_names_are_taken_out_of_running_text_as_whole_words(text, left):
    assert erasure.without(text, {"Ali Baba", "Ali"}) == left


def test_what_was_blanked_is_told_by_path_and_provable_by_whoever_holds_an_extract():
    left = erasure.erased(NAMED, {"Ivan Petrov", "I. Petrov"})
    found = {one.path: one.before for one in erasure.blanked(NAMED, left)}
    assert set(found) == {
        "parties[3].name",
        "parties[3].aliases",
        "parties[3].address",
        "parties[3].identifiers",
        "explanation",
    }
    kept = erasure.digest(found["parties[3].name"], "salt")
    assert erasure.proves(kept, "salt", "Ivan Petrov")
    assert not erasure.proves(kept, "salt", "Ivan Petrow")
    assert not erasure.proves(kept, "other salt", "Ivan Petrov")


@pytest.mark.parametrize(
    "changes",
    [
        {"end_use": "another"},
        {"parties": WHOLE.parties},
        {"parties": (*WHOLE.parties, replace(PERSON, name="Another"))},
        {"parties": (*WHOLE.parties, replace(PERSON, address="2 Main Street"))},
        {"parties": (*WHOLE.parties, replace(PERSON, country="RU"))},
        {"explanation": f"{ERASED}, known for nothing."},
        {"explanation": ""},
    ],
)
def test_nothing_but_blanking_passes_for_an_erasure(changes):
    with pytest.raises(NotAnErasure):
        erasure.blanked(NAMED, replace(NAMED, **changes))


@pytest.mark.parametrize(
    ("before", "after", "is_so"),
    [
        ("To Ali Baba.", f"To {ERASED}.", True),
        ("Ali Baba", ERASED, True),
        ("Ali Baba, Ali Baba", f"{ERASED}, {ERASED}", True),
        ("Ali Baba, Ali Baba", f"{ERASED}", True),
        ("aXaXa", f"a{ERASED}a{ERASED}a", True),
        ("aXa", f"a{ERASED}a{ERASED}a", False),  # no stretch of it is nothing
        ("aa", f"a{ERASED}a", False),
        ("a", f"a{ERASED}a", False),  # beginning and end are not the same letter
        ("To Ali Baba.", f"To {ERASED}!", False),
        ("To Ali Baba.", f"By {ERASED}.", False),
        ("a, b", f"{ERASED}; {ERASED}", False),
        ("To Ali Baba.", "To Ali Baba.", False),  # nothing was put out of sight
    ],
)
def test_a_text_is_blanked_where_stretches_of_it_and_nothing_else_are_gone(before, after, is_so):
    assert erasure.is_text_blanked(before, after) is is_so


def test_a_name_said_a_thousand_times_is_judged_at_once():
    before, after = "Ali Baba a " * 1000, f"{ERASED} a " * 1000
    started = time.monotonic()
    assert erasure.is_text_blanked(before, after)
    assert not erasure.is_text_blanked(before + "b", after + "c")
    assert not erasure.is_text_blanked(before.replace(" a ", " "), after)
    assert time.monotonic() - started < 1
