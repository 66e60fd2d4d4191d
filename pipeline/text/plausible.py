"""How much of a text is spelled as Vietnamese: tells good text from a garbled text layer or a wrong encoding."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from pipeline.text.syllables import is_syllable

# Words of the genre and of everyday offices that no Vietnamese syllable spells.
_FOREIGN_WORDS = (
    "email website web internet online logo video file word excel pdf index inder par papi sipas smart portal app "
    "zalo facebook fanpage youtube google chatbot camera server wifi sms hotline hashtag blog top test "
    "covid vietnam viet ict iso vnpt viettel mobile scan gov com org net www http https html marketing "
    "logistics startup start up kiosk radio gas bus taxi axit acid km cm mm kg mg ml kw kwh kv mw gb mb tb "
    "mail cabinet krông kon pleiku đắk đăk lắk lăk pắk păk ea cư mgar mnông hmông dlei dray bazan oxy ôxy ôtô môtô"
)
_FOREIGN = frozenset(_FOREIGN_WORDS.split())
_RUN = re.compile(r"\S+")
_ADDRESS = re.compile(r"https?://|www\.|@|\.(?:vn|com|org|net)\b", re.IGNORECASE)
_PART = re.compile(r"[^\W\d_]+|\d+|[^\w\s]|_", re.DOTALL)
_ABBREVIATION = re.compile(r"[A-ZĐƯÂÔ]{1,8}[a-z]?")
# Signs of a wrong encoding or a broken map of characters: controls, private and replacement characters, signs
# that no office types, other scripts.
_STRANGE = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffd\ud800-\uf8ff¡-¨ª¬¯±²-¶¸-¿×÷\u0250-\u02af\u0370-\u1cff\u2500-\u259f\u2c00-\uabff]"
)


@lru_cache(maxsize=1 << 14)
def _is_plausible(run: str) -> bool:
    """Whether every part of a run without a blank is a syllable, a number, an abbreviation or a known word."""
    if _ADDRESS.search(run):
        return not _STRANGE.search(run)
    if _STRANGE.search(run):
        return False
    parts = _PART.findall(run)
    letters = [part for part in parts if part[0].isalpha()]
    single_allowed = len(letters) < len(parts)
    return all(
        is_syllable(part)
        or _ABBREVIATION.fullmatch(part)
        or part.lower() in _FOREIGN
        or (len(part) == 1 and single_allowed and part.isascii())
        for part in letters
    )


def syllable_plausibility(text: str) -> float:
    """The share, from 0 to 1, of the runs of `text` between blanks that hold a letter, a digit or a strange sign
    and are legal Vietnamese syllables, numbers, abbreviations or words known to be foreign; 1 if there is none.

    Prose of the genre gives 0.97 and more; TCVN3 or VNI bytes read as Latin letters, and text layers
    with broken maps of characters, stay below 0.7. Signs between words (dashes, quotes, bullets) do not count.
    """
    counted = [
        run
        for run in _RUN.findall(unicodedata.normalize("NFC", text))
        if _STRANGE.search(run) or any(map(str.isalnum, run))
    ]
    return sum(map(_is_plausible, counted)) / len(counted) if counted else 1.0
