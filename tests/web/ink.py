"""What lies beneath the marks that are drawn over the picture of a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Page

_INK = """async (marks) => {
  const svg = document.querySelector(".sheet svg"), scale = 2, picture = new Image();
  picture.src = svg.querySelector("image").getAttribute("href");
  await picture.decode();
  const canvas = document.createElement("canvas");
  canvas.width = svg.viewBox.baseVal.width * scale; canvas.height = svg.viewBox.baseVal.height * scale;
  const draw = canvas.getContext("2d", { willReadFrequently: true });
  draw.drawImage(picture, 0, 0, canvas.width, canvas.height);
  const dark = (x, y, w, h) => {
    const data = draw.getImageData(x * scale, y * scale, w * scale, h * scale).data; let n = 0;
    for (let i = 0; i < data.length; i += 4) if (data[i] < 128) n++;
    return n / (data.length / 4);
  };
  return [...svg.querySelectorAll(marks)].map((r) => {
    const [x, y, w, h] = ["x", "y", "width", "height"].map((name) => r[name].baseVal.value);
    const box = [x + 1, y + 1, x + w - 1, y + h - 1];
    return { kind: r.classList[0], box, ink: dark(x, y, w, h), beside: dark(2, y, 20, h) };
  });
}"""


def ink(page: Page, marks: str) -> list[dict[str, Any]]:
    """For each mark (a CSS selector) its class, its box without the padding, and the shares of dark pixels within
    it and in the margin beside it."""
    return list(page.evaluate(_INK, marks))
