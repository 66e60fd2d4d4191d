"""Vietnamese text from before Unicode (TCVN3, VNI, VPS): what it is, told stretch by stretch, and its conversion."""

from pipeline.text.legacy.convert import Converted, convert
from pipeline.text.legacy.detect import Detector
from pipeline.text.legacy.fonts import FontEncoding, font_encoding
from pipeline.text.legacy.tables import Legacy

__all__ = ["Converted", "Detector", "FontEncoding", "Legacy", "convert", "font_encoding"]
