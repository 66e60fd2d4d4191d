"""Numbers of acts on worn scans: read once, and read a second time word by word.

    python benchmarks/bench_act_numbers.py [PAGES [SEED]]

Draws pages of sentences that cite acts with invented numbers, of all types and organs of `rules/identifiers.yaml`, in
a face of the width of Times, 13 or 14 points, and wears them as `solieu corpus make` does (150 or 200 dpi, skew, noise,
blur, fading). Prints for both ways how many numbers are right, missing and wrong, and the seconds of a page.
"""

from __future__ import annotations

import io
import os
import random
import sys
from collections import Counter
from pathlib import Path
from unittest.mock import patch

from PIL import Image, ImageDraw, ImageFont

from pipeline.match.identifiers import identifiers
from pipeline.read import act_numbers, read_bytes
from pipeline.synthesis.formats.scan import Wear, worn
from pipeline.values.doc_types import load_doc_types

FONT = Path("/usr/share/fonts/truetype/liberation2/LiberationSerif-Regular.ttf")
A4 = (595.0, 842.0)
WEARS = {"a clean scan": 0.0, "worn": 1.0, "badly worn": 1.5, "640 pixels wide": None}
ABOUT = ["công tác cải cách hành chính", "kiểm soát thủ tục hành chính", "việc giao chỉ tiêu kế hoạch", "chuyển đổi số"]


def cited(draw: random.Random) -> str:
    """A number of an act, as offices write them."""
    types = load_doc_types()
    codes = [kind.code for kind in types.types if kind.code not in ("CV", "L", "Luật", "PL", "GP")]
    organs = [organ.code for organ in types.issuers if not organ.party and organ.code not in ("QH", "UBTVQH")]
    number, code, organ = draw.randint(1, 5999), draw.choice(codes), draw.choice(organs)
    year = f"{draw.randint(2006, 2025)}/" if code in ("NĐ", "TT") else ""
    unit = f"-{draw.choice(('CCHC', 'KSTT', 'VP', 'NC', 'TH', 'KT'))}" if draw.random() < 0.2 else ""
    return f"{number:02d}/{year}{code}-{organ}{unit}"


def page(draw: random.Random, dpi: int) -> tuple[Image.Image, list[str]]:
    """A clean page and the numbers that stand on it."""
    image = Image.new("L", (round(A4[0] / 72 * dpi), round(A4[1] / 72 * dpi)), 255)
    font = ImageFont.truetype(str(FONT), round(draw.choice((13, 14)) / 72 * dpi))
    pen, numbers, words = ImageDraw.Draw(image), [], []
    for _ in range(14):
        numbers.append(cited(draw))
        day = f"{draw.randint(1, 28):02d}/{draw.randint(1, 12)}/{draw.randint(2010, 2025)}"
        words += f"- Thực hiện Văn bản số {numbers[-1]} ngày {day} về {draw.choice(ABOUT)};".split()
        words.append("\n")
    x, y = left, line = round(dpi * 1.1), round(dpi * 0.27)
    for word in words:
        width = pen.textlength(word + " ", font) if word != "\n" else 0
        if word == "\n" or x + width > image.width - dpi * 0.8:
            x, y = left, y + line
        if word != "\n":
            pen.text((x, y + dpi), word, fill=0, font=font)
            x += width
    return image, numbers


def numbers_on(data: bytes) -> tuple[list[str], float]:
    """The numbers of acts that are read on a page, and the seconds of the processor it took with its programs."""
    started = sum(os.times()[:4])
    text = read_bytes(data, "a.jpg").text
    spent = sum(os.times()[:4]) - started
    return [act.number for act in identifiers(text) if act.kind != "bare"], spent


def scanned(degree: float | None, seed: int) -> tuple[bytes, list[str]]:
    """A page as JPEG, worn to a degree or (None) as small as sites show pictures, and the numbers on it."""
    draw = random.Random(seed)
    wear = Wear.of(degree or 0.0, seed)
    image, numbers = page(draw, wear.dpi)
    buffer = io.BytesIO()
    if degree is None:
        image.resize((640, 905), Image.Resampling.LANCZOS).save(buffer, "JPEG", quality=80)
    else:
        worn(image, wear, seed).save(buffer, "JPEG", quality=80, dpi=(wear.dpi, wear.dpi))
    return buffer.getvalue(), numbers


def main(count: int, seed: int) -> None:
    ways = {"read once": 0, "read twice": act_numbers.MOST}
    for name, degree in WEARS.items():
        tallies = {way: Counter[str]() for way in ways}
        for at in range(count):
            data, numbers = scanned(degree, 1000 * seed + at)
            for way, most in ways.items():
                with patch.object(act_numbers, "MOST", most):
                    got, spent = numbers_on(data)
                right = sum((Counter(got) & Counter(numbers)).values())
                tallies[way] += Counter(right=right, missing=len(numbers) - right, wrong=len(got) - right)
                tallies[way]["ms"] += round(1000 * spent)
                if "-v" in sys.argv:
                    print(way, *(Counter(numbers) - Counter(got)), "read as", *(Counter(got) - Counter(numbers)))
        for way, tally in tallies.items():
            total = tally["right"] + tally["missing"]
            print(
                f"{name:16}{way:11} {total:4} numbers, right {tally['right'] / total:6.1%}, "
                f"wrong {tally['wrong']:3}, {tally['ms'] / count / 1000:.2f} s a page"
            )


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:] if word.isdigit()]
    main(*given, *(8, 1)[len(given) :])
