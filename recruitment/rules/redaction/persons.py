"""Whether a capitalised word stands where only a person can: somebody spoke to it, or it spoke.

No list holds every given name. A word that none holds is taken for one only by what people alone do, and hardly
ever at a sentence's start, where any word has a capital.
"""

from __future__ import annotations

import re

_WIDEST = 26

# What is done to people; "asked" and "told" are done to bodies as well, which the word lists leave out.
_DONE_TO = re.compile(
    r"\b(?:(?:talk|spoke|speak|chatt?)(?:ed|ing|s)? (?:to|with)|sat (?:down )?(?:with|by|beside)|sitting with"
    r"|(?:on|a) shift with|on nights with|rang|ringing|phoned|telephoned|asked|told|telling|asking|thanked"
    r"|thanking"
    r"|shadowed|shadowing|mentored|mentoring|buddied (?:up )?with|paired (?:up )?with|comforted|congratulated"
    r"|reassured|consoled|hugged|covered for|covering for|stood in for|took over from|handed over to"
    r"|introduced to|friends with|trained up|interviewed)[ \t]$",
    re.IGNORECASE,
)
_DONE_TO_KNOWN = re.compile(
    r"\b(?:e-?mailed|messaged|texted|briefed|invited|persuaded|alongside|work(?:ed|ing) (?:with|beside)"
    r"|met(?: with)?"
    r"|helped|trained|supervised|coached|line[ -]managed|promoted|recruited|replaced|nursed|visited)[ \t]$",
    re.IGNORECASE,
)
_DOES = re.compile(
    r"[ \t](?:said|agreed|replied|(?:told|asked|thanked|rang|phoned|emailed|texted|called) (?:me|us|him"
    r"|her|them)\b"
    r"|(?:explained|admitted|confided|whispered|laughed|smiled|cried|wept|nodded|shrugged|grinned)\b"
    r"|(?:was|is|went|were|had been|has been) (?:off sick|off ill|on leave|on maternity|in tears|upset|crying"
    r"|nervous|shy|heartbroken|delighted|thrilled|angry|frightened)\b)"
)
_ALSO_DONE_BY_KNOWN = re.compile(
    r"[ \t](?:asked|told|rang|wrote|left|off sick|was off|came|went|wanted|felt|thought|knew|took over"
    r"|retired|resigned"
    r"|joined|moved|struggled|needed|and I|and me|is now|was new|was my|is my|who|has since)\b"
    r"|['’]s[ \t](?:mum|dad|mother|father|wife|husband|partner|family|rota|shift|desk|leave|work|manager|idea"
    r"|advice|help|support|place|job|role|team|case|death|funeral|return|absence|words|feedback)\b"
)
# A small word, or a comma, before the capital: neither a sentence's start, nor an article, nor a longer name.
_GOES_ON = re.compile(r"(?:(?<![^\s\-('’])[a-z][\w'’\-]*[,;]?|\d,)[ \t]$")
_ARTICLE = re.compile(
    r"\b(?:the|a|an|our|my|your|his|her|their|its|this|that|each|every|any|no|in|at|of)[ \t]$", re.IGNORECASE
)
# Another capital after it makes a longer name, which may be a body's.
_LONGER = re.compile(r"[ \t\-&/][A-Z0-9&]|['’]s[ \t][A-Z]")
_ABSTRACT = (
    "ing",
    "tion",
    "sion",
    "ment",
    "ity",
    "ness",
    "ance",
    "ence",
    "ship",
    "ies",
    "ics",
    "ology",
    "ors",
    "ers",
)
_OPENS = re.compile(r"(?:^|[.!?“\"(][ \t]?|\n)[ \t]?$")
_ONLY_PEOPLE_DO = re.compile(
    r"[ \t](?:(?:told|asked|thanked|rang|phoned|texted) (?:me|us|him|her)\b|(?:laughed|smiled|cried|wept"
    r"|nodded|confided"
    r"|whispered)\b|(?:was|went|had been) (?:off sick|off ill|on leave|in tears|upset|crying|shy|heartbroken)\b)"
)
_OPENING_WORDS = frozenset(
    "i he she it we they you one nobody someone somebody anyone anybody everyone everybody none both "
    "neither either "
    "many most some several few all another each other who which what this that these those there "
    "everything nothing "
    "something mum mam dad nan gran auntie granny grandad management then later afterwards once two three "
    "four five "
    "half people folk".split()
)


def acts_as_person(text: str, match: re.Match[str]) -> bool:
    """Whether a word that is a given name stands where people do."""
    before = text[max(0, match.start() - _WIDEST) : match.start()]
    if _LONGER.match(text, match.end()):
        return False
    if _DONE_TO.search(before) or _DONE_TO_KNOWN.search(before) or _DOES.match(text, match.end()):
        return True
    return _ALSO_DONE_BY_KNOWN.match(text, match.end()) is not None


def is_only_a_person(text: str, match: re.Match[str]) -> bool:
    """Whether a word of which nothing is known stands where only a person can."""
    before = text[max(0, match.start() - _WIDEST) : match.start()]
    if _ARTICLE.search(before) or _LONGER.match(text, match.end()) or match[0].lower().endswith(_ABSTRACT):
        return False
    if not _GOES_ON.search(before):
        opens = _OPENS.search(before) is not None and match[0].lower() not in _OPENING_WORDS
        return opens and not match[0].endswith("s") and _ONLY_PEOPLE_DO.match(text, match.end()) is not None
    return _DONE_TO.search(before) is not None or _DOES.match(text, match.end()) is not None
