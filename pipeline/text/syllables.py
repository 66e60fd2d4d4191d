"""The syllables that Vietnamese spelling allows."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_ONSET_LIST = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x"
ONSETS = frozenset(_ONSET_LIST.split())
CODAS = frozenset(["c", "ch", "m", "n", "ng", "nh", "p", "t"])

# Rimes without their tone, by the letter that begins them.
_RIME_LIST = (
    "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây "
    "e ec em en eng eo ep et ê êch êm ên ênh êp êt êu "
    "i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu "
    "o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oem oen oeo oet oi om on ong "
    "ooc oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt "
    "u ua uân uâng uât uây uc uê uêch uên uênh ui um un ung uôc uôi uôm uôn uông uôt up uơ ut "
    "uy uya uych uynh uyên uyêt uyp uyt uyn uyu "
    "ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu"
)
_RIME_LIST_AFTER_QU = (
    "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt ân âng ât âu ây e en eo et ê êch ên ênh êt êu "
    "i ich inh it ôc ơ ơi ơn y ych ynh yên yêt yt yp yu"
)
_RIMES = frozenset(_RIME_LIST.split())
_RIMES_AFTER_QU = frozenset(_RIME_LIST_AFTER_QU.split())
_ALONE = frozenset(["y", "yêm", "yên", "yêng", "yêt", "yêu"])
_WITH_Y = frozenset(["h", "k", "l", "m", "s", "t", "v"])
_FRONT = tuple("eêiy")
_STOPPED = re.compile(r"(?:c|ch|p|t)\Z")
_TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
_STOP_TONES = {"\u0301", "\u0323"}
_PARTS = re.compile(r"(qu|ngh|ng|nh|ch|gh|gi|kh|ph|th|tr|[bcdđghklmnprstvx])?(.*)", re.DOTALL)


def _is_spelled(onset: str, rime: str) -> bool:
    """Whether an onset and a toneless rime may stand together: k, gh, ngh before e, ê, i; c, g, ng elsewhere."""
    if onset == "qu":
        return rime in _RIMES_AFTER_QU
    if rime == "y":
        return onset in _WITH_Y
    if rime not in _RIMES or (onset == "gi" and rime[0] == "i"):
        return False
    if onset in {"k", "gh", "ngh"}:
        return rime.startswith(_FRONT)
    return onset not in {"c", "g", "ng"} or not rime.startswith(_FRONT)


@lru_cache(maxsize=1 << 15)
def is_syllable(token: str) -> bool:
    """Whether `token` (NFC, any case) is spelled as a Vietnamese syllable: an onset that may stand before its
    rime, at most one tone, and before a final c, ch, p or t only sắc or nặng. Either place of the tone mark is
    accepted."""
    if len(token) > 7 or not (token.islower() or token.isupper() or token.istitle()):
        return False
    letters = unicodedata.normalize("NFD", token.lower())
    tones = [char for char in letters if char in _TONES]
    if len(tones) > 1:
        return False
    plain = unicodedata.normalize("NFC", "".join(char for char in letters if char not in _TONES))
    if _STOPPED.search(plain) and not (tones and tones[0] in _STOP_TONES):
        return False
    if plain in _ALONE or plain in _RIMES:
        return True
    found = _PARTS.fullmatch(plain)
    if not found or not found[1]:
        return False
    onset, rime = found.groups()
    if _is_spelled(onset, rime):
        return True
    # In "gì", "gìn" and "giêng" the i of gi is the vowel.
    return onset == "gi" and (rime == "" or f"i{rime}" in _RIMES)
