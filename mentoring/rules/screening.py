"""What may stand in a message: contact details and signs of risk are held until somebody has looked.

Each reading of a message undoes one disguise: look-alike letters, digits for letters, words for digits,
letters spaced out. Holding one message too many costs a moment of our team's
time; letting one through can cost more, so each rule leans towards holding.
"""

from __future__ import annotations

import re
import unicodedata

from mentoring.rules import signs

PHONE = "a phone number"
EMAIL = "an e-mail address"
LINK = "a link"
SOCIAL = "a name on another app"
PLACE = "an address or a private place"
MONEY = "money or bank details"
RISK = "something our team would like to read first"

# Letters of other alphabets that look like ours; everything else NFKD takes apart.
_LOOK_ALIKES = str.maketrans(
    dict(zip("авеёзіјкмнорстухѕԁԛԝαβεικνορτυχłøđ", "abeezijkmhopctyxsdqwabeikvoptuxlod", strict=True))
)
_LEET = str.maketrans("4301578$@!|", "aeoistbsail")
_UNITS = {
    "zero": "0", "nought": "0", "naught": "0", "nil": "0", "oh": "0", "o": "0", "ow": "0", "zer0": "0",
    "one": "1", "won": "1", "wun": "1", "two": "2", "three": "3", "tree": "3", "four": "4", "fower": "4",
    "five": "5", "fife": "5", "six": "6", "sicks": "6", "seven": "7", "sevn": "7", "sevin": "7", "eight": "8",
    "ate": "8", "nine": "9", "niner": "9", "ten": "10", "eleven": "11", "twelve": "12", "twenty": "2",
    "thirty": "3", "forty": "4", "fifty": "5", "sixty": "6", "seventy": "7", "eighty": "8", "ninety": "9",
    "cero": "0", "sero": "0", "uno": "1", "dos": "2", "tres": "3", "cuatro": "4", "cinco": "5",
    "seis": "6", "siete": "7", "ocho": "8", "nueve": "9", "deux": "2", "trois": "3", "quatre": "4",
    "cinq": "5", "sept": "7", "huit": "8", "neuf": "9", "zeero": "0",
    "plus": "+",
}  # fmt: skip
_TIMES = {"double": 2, "dubble": 2, "triple": 3, "treble": 3}
# Words that people put between the digits of a number they spell out.
_BETWEEN = {"then", "and", "dash", "space", "dot", "point", "hyphen", "followed", "by", "next", "comma", "um"}


def is_empty(text: str) -> bool:
    """Nothing a person can see: spaces, zero-width and control characters only."""
    return not any(
        unicodedata.category(c)[0] not in "ZC" and c not in "\u2800\u3164\u115f\u1160\uffa0" for c in text
    )


def is_risk(reasons: list[str]) -> bool:
    return RISK in reasons


def why_hold(text: str) -> list[str]:
    """What this message seems to contain that somebody must look at first; nothing: it may go."""
    plain = _plain(text)
    joined = _joined(plain)
    leet = _unleet(joined)
    forms = list(dict.fromkeys((plain, joined, leet)))
    reasons = []
    if _has_number(plain) or _has_number(joined) or _any(signs.PHONE_SIGNS, forms):
        reasons.append(PHONE)
    if _any(signs.EMAIL_SIGNS, forms):
        reasons.append(EMAIL)
    if _any(signs.LINK_SIGNS, forms):
        reasons.append(LINK)
    if _any(signs.SOCIAL_SIGNS, forms) or "👻" in text:
        reasons.append(SOCIAL)
    if _any(signs.PLACE_SIGNS, [plain, joined]):
        reasons.append(PLACE)
    if _any(signs.MONEY_SIGNS, forms):
        reasons.append(MONEY)
    if _any(signs.RISK_SIGNS, forms):
        reasons.append(RISK)
    return reasons


def fit_to_show(text: str, *, to_the_young: bool = False) -> str:
    """Words of a profile for the other one to read; none of them while they hold contact details.

    Nobody releases a profile as they do a message. `to_the_young`: nothing that a message would be held for.
    """
    reasons = set(why_hold(text)) - (set() if to_the_young else {RISK})
    return "" if reasons else text


def completes_a_number(before: list[str], text: str) -> bool:
    """Does this message, put behind the writer's last ones, make up a phone number sent in pieces?"""
    return any(
        _has_number(_plain(" ".join([*before[-n:], text]))) and not _has_number(_plain(" ".join(before[-n:])))
        for n in range(1, len(before) + 1)
    )


def _any(rules: list[re.Pattern[str]], forms: list[str]) -> bool:
    return any(rule.search(form) for rule in rules for form in forms)


def _plain(text: str) -> str:
    """Lower case, our alphabet and digits only, without accents, invisible characters and fancy quotes."""
    text = unicodedata.normalize("NFKD", text).casefold()
    letters = []
    for c in text:
        category = unicodedata.category(c)
        if category == "Nd":
            letters.append(str(unicodedata.digit(c)))
        elif category in {"Mn", "Me", "Cf", "Cc"} and c not in "\n\t":
            continue
        else:
            letters.append(c)
    plain = "".join(letters).translate(_LOOK_ALIKES)
    plain = plain.replace("’", "'").replace("‘", "'").replace("。", ".").replace("＠", "@").replace("․", ".")
    return re.sub(r"\s+", " ", plain).strip()


def _joined(plain: str) -> str:
    """“s n a p” and “s.n.a.p” read as “snap”: runs of three or more single characters, put together."""

    def together(found: re.Match[str]) -> str:
        letters = re.sub(r"[^a-z0-9@]", "", found[0])
        return letters if not letters.isdigit() else found[0]

    return re.sub(r"(?<![\w'])(?:[a-z0-9@][\s.\-_*~|,/]{1,2}){2,}[a-z0-9@](?!\w)", together, plain)


def _unleet(plain: str) -> str:
    """“sn4pch4t” reads as “snapchat”: digits inside a word stand for letters."""

    def read(found: re.Match[str]) -> str:
        word = found[0]
        mixed = sum(c.isalpha() for c in word) >= 2 and any(c in "4301578$@!|" for c in word)
        return word.translate(_LEET) if mixed else word

    return re.sub(r"[\w$@!|]+", read, plain)


def _has_number(plain: str) -> bool:
    """Nine digits in one run, or six that begin as a phone number does, however they are written."""
    run = ""
    gap = 0
    multiply = 1
    for part in re.findall(
        r"[a-z]+|\d+|\+|[^\sa-z\d+]", signs.NOT_NUMBERS.sub(" ; ; ; ; ", _digits_for_letters(plain))
    ):
        if part.isdigit() or part == "+" or part in _UNITS:
            digits = _UNITS.get(part, part)
            run += digits * multiply
            multiply, gap = 1, 0
            if _is_a_number(run):
                return True
        elif part in _TIMES:
            multiply = _TIMES[part]
        elif part in _BETWEEN or not part.isalnum():
            gap += 1
            if gap > 3:
                run, gap = "", 0
        else:
            run, gap, multiply = "", 0, 1
    return False


def _digits_for_letters(plain: str) -> str:
    """“o7700 9oo123” reads as “07700 900123”: letters inside a clump of digits stand for digits."""

    def read(found: re.Match[str]) -> str:
        word = found[0]
        digits = sum(c.isdigit() for c in word)
        return (
            word.translate(str.maketrans("oilszb", "011528"))
            if digits >= 2 or word in {"oo", "ooo"}
            else word
        )

    return re.sub(r"\b[\doilszb]{2,}\b", read, plain)


def _is_a_number(run: str) -> bool:
    digits = run.replace("+", "")
    if len(digits) >= 9:
        return True
    return len(digits) >= 6 and run.startswith(("0", "+", "44"))
