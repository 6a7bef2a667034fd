"""
Which sections of a thread a third body may be invited to read, and which side may open each.

A side opens what is its own word; dates and kinds of what happened are both sides'. Notes, drafts and what was said to
one side alone are no section: nobody is invited to them.
Source: Reg. (EU) 2021/821 Art. 23(5); Decision (EU) 2015/443 Art. 3 (need to know); docs/adr/0212.
"""

from collections.abc import Collection
from enum import StrEnum

from accounts.law.errors import FieldMissing, NotForeseen

LONGEST_DAYS = 180  # of one invitation; another may follow
ARTICLE = "docs/adr/0212"


class Section(StrEnum):
    """A part of a thread that can be shown by itself."""

    FACTS = "facts"  # what the consulting side shared of the case
    QUESTION = "question"
    DENIALS = "denials"  # by reference
    COURSE = "course"  # kinds and dates of what happened, without words
    ANSWERS = "answers"
    DOCUMENTS = "documents"  # names and digests of those sent by the inviting side


CONSULTING, CONSULTED = "consulting", "consulted"
OPENED_BY = {
    Section.FACTS: (CONSULTING,),
    Section.QUESTION: (CONSULTING,),
    Section.DENIALS: (CONSULTING, CONSULTED),
    Section.COURSE: (CONSULTING, CONSULTED),
    Section.ANSWERS: (CONSULTED,),
    Section.DOCUMENTS: (CONSULTING, CONSULTED),
}


def sections_of(side: str) -> tuple[Section, ...]:
    """Return the sections a side may open."""
    return tuple(section for section, sides in OPENED_BY.items() if side in sides)


def check_sections(chosen: Collection[str], side: str) -> tuple[str, ...]:
    """
    Return the sections chosen, in their order.

    :raises FieldMissing: without any.   :raises NotForeseen: for one there is not, or that is the other side's.
    """
    open_to_side = sections_of(side)
    if not chosen:
        raise FieldMissing(field="sections", article=ARTICLE)
    for name in chosen:
        if name not in open_to_side:
            raise NotForeseen(field="sections", value=name, article=ARTICLE)
    return tuple(str(section) for section in open_to_side if section in chosen)
