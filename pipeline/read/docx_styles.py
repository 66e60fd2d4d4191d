"""What Word's styles say of a paragraph: its kind, its list, its font."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from pipeline.model import BlockKind
from pipeline.read.office_xml import whole

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING_LEVELS = {f"heading{level}": level for level in range(1, 10)}
_KINDS = {"title": BlockKind.TITLE, "caption": BlockKind.CAPTION}
_MAX_CHAIN = 20


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style: a kind, a heading's level, its list and the font of its text."""

    kind: BlockKind | None = None
    level: int = 0
    list_id: str | None = None
    list_level: int = 0
    font: str | None = None


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles of one document, by their ids; `standard` is what a paragraph without a style has."""

    named: dict[str, Style] = field(default_factory=dict)
    standard: Style = field(default_factory=Style)

    def of(self, style_id: str) -> Style:
        return self.named.get(style_id, self.standard)

    def run_font(self, properties: etree._Element) -> str | None:
        """The font that a run's own properties, or its character style, name."""
        own = font_of(properties)
        if own is not None:
            return own
        style_id = value_of(properties.find(f"{_W}rStyle"))
        return self.named[style_id].font if style_id in self.named else None


def value_of(element: etree._Element | None) -> str:
    """The `w:val` of an element; "" if there is none."""
    return "" if element is None else element.get(f"{_W}val") or ""


def font_of(properties: etree._Element | None) -> str | None:
    """The font for Latin text that run properties name."""
    fonts = properties.find(f"{_W}rFonts") if properties is not None else None
    return None if fonts is None else fonts.get(f"{_W}ascii") or fonts.get(f"{_W}hAnsi")


def styles_of(root: etree._Element | None) -> Styles:
    """The styles that styles.xml defines, each with what it takes over from those it is based on."""
    if root is None:
        return Styles()
    elements = {style.get(f"{_W}styleId") or "": style for style in root.iterfind(f"{_W}style")}
    default = font_of(root.find(f"{_W}docDefaults/{_W}rPrDefault/{_W}rPr"))
    named = {style_id: _style(elements, style_id, default) for style_id in elements}
    standard = next(
        (
            named[style_id]
            for style_id, element in elements.items()
            if element.get(f"{_W}type") == "paragraph" and element.get(f"{_W}default") in ("1", "true")
        ),
        Style(font=default),
    )
    return Styles(named, standard)


def _style(elements: dict[str, etree._Element], style_id: str, default: str | None) -> Style:
    chain: list[etree._Element] = []
    while style_id in elements and len(chain) < _MAX_CHAIN:
        chain.append(elements[style_id])
        style_id = value_of(chain[-1].find(f"{_W}basedOn"))
    name = value_of(chain[0].find(f"{_W}name")).lower().replace(" ", "")
    level = _HEADING_LEVELS.get(name, 0)
    numbers = chain[0].find(f"{_W}pPr/{_W}numPr")
    depth = value_of(numbers.find(f"{_W}ilvl")) if numbers is not None else ""
    # A character style has no default of its own: it leaves the font of the paragraph alone.
    fallback = default if chain[0].get(f"{_W}type") == "paragraph" else None
    return Style(
        BlockKind.HEADING if level else _KINDS.get(name),
        level,
        (value_of(numbers.find(f"{_W}numId")) or None) if numbers is not None else None,
        whole(depth),
        next((font for font in (font_of(element.find(f"{_W}rPr")) for element in chain) if font), fallback),
    )
