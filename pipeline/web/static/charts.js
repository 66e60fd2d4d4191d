"use strict";

// Draws the charts that pages describe in data-chart (see pipeline/web/charts.py) with ECharts, as SVG.
const LOOKS = {
  main: { color: "#0f4c5c", width: 3.2, size: 10 },
  mean: { color: "#7b8a90", width: 2, size: 7, dash: "dashed" },
  leader: { color: "#c9820a", width: 2, size: 7 },
  target: { color: "#a9301f", width: 0, size: 12, symbol: "diamond" },
  before: { color: "#5b9aa6", width: 1.6, size: 6 },
  good: { color: "#2c8a63" },
  bad: { color: "#c4472f" },
};
const OTHERS = ["#0f4c5c", "#c9820a", "#6b4fa0", "#2c8a63", "#b23a6b", "#3a70c0", "#7a6a2c", "#55646b"];
const INK = "#17252b", SOFT = "#51646c", LINE = "#dfe5e6";
const FONT = "Inter, system-ui, sans-serif";

const look = (line, at) => LOOKS[line.kind] || { color: OTHERS[at % OTHERS.length], width: 2.6, size: 8 };

// A tooltip made of elements: text of documents never becomes markup.
const tip = (spot, line) => {
  const box = document.createElement("div");
  box.className = "tip";
  const put = (tag, text) => { const part = document.createElement(tag); part.textContent = text; box.append(part); };
  put("i", `${line.name} · ${spot.at}`);
  put("b", spot.said);
  if (spot.note) put("i", spot.note);
  return box;
};

const numbers = (lang) => new Intl.NumberFormat(lang === "vi" ? "vi-VN" : "en-GB", { maximumFractionDigits: 2 });

const series = (chart, line, at) => {
  const style = look(line, at);
  const spots = new Map(line.spots.map((spot) => [spot.at, spot]));
  const data = chart.places.map((place) => {
    const spot = spots.get(place);
    return spot && spot.value !== null ? { value: spot.value, spot, line } : null;
  });
  const shared = { name: line.name, data, cursor: "pointer", itemStyle: { color: style.color }, animation: false };
  if (chart.form === "bars") {
    const radius = chart.sideways ? [0, 3, 3, 0] : [3, 3, 0, 0];
    return { ...shared, type: "bar", stack: chart.stacked ? "all" : undefined, barMaxWidth: chart.sideways ? 20 : 34,
      itemStyle: { color: style.color, borderRadius: chart.stacked ? 0 : radius } };
  }
  // Years without a value part the line: nobody has stated what lay between.
  return { ...shared, type: "line", symbol: style.symbol || "circle", symbolSize: style.size, connectNulls: false,
    lineStyle: { color: style.color, width: style.width, type: style.dash || "solid" },
    itemStyle: { color: style.color, borderColor: "#fff", borderWidth: 1.5 },
    label: line.kind === "main" && line.spots.length <= 8
      ? { show: true, position: "top", fontFamily: FONT, fontWeight: 600, color: INK, formatter: (one) => one.data.spot.said.replace(/%$/, "") }
      : { show: false },
    z: line.kind === "main" ? 5 : 2 };
};

const options = (chart, lang, width) => {
  const number = numbers(lang);
  const label = { fontFamily: FONT, fontSize: 12, color: SOFT };
  const places = { type: "category", data: chart.places, axisTick: { show: false }, axisLine: { lineStyle: { color: LINE } },
    axisLabel: chart.sideways ? { ...label, width: Math.min(330, width * 0.42), overflow: "truncate", lineHeight: 15, formatter: (place) => place.replace(" · ", "\n") } : { ...label, hideOverlap: true },
    inverse: chart.sideways };
  const ranks = chart.form === "ranks";
  const percent = chart.form === "bars" && chart.unit === "percent";
  const values = { type: "value", inverse: ranks, min: ranks ? 1 : undefined, scale: chart.form === "lines",
    minInterval: ranks ? 1 : undefined, splitLine: { lineStyle: { color: "#edf1f1" } },
    axisLabel: { ...label, formatter: (value) => number.format(value) + (percent ? "%" : "") },
    max: percent ? 100 : undefined, splitNumber: chart.sideways && width < 500 ? 2 : undefined };
  const many = chart.lines.length > 1;
  return {
    aria: { enabled: true },
    textStyle: { fontFamily: FONT },
    grid: { left: 8, right: 30, top: many ? 42 : 24, bottom: 4, containLabel: true },
    legend: many ? { top: 0, left: 0, type: "scroll", itemWidth: 16, itemHeight: 9, icon: "roundRect", textStyle: { ...label, color: INK } } : undefined,
    tooltip: { trigger: "item", confine: true, borderColor: LINE, padding: [8, 12], formatter: (one) => tip(one.data.spot, one.data.line) },
    xAxis: chart.sideways ? values : places,
    yAxis: chart.sideways ? places : values,
    series: chart.lines.map((line, at) => series(chart, line, at)),
  };
};

const draw = (place) => {
  if (place.dataset.drawn) return;
  place.dataset.drawn = "yes";
  const chart = JSON.parse(place.dataset.chart);
  if (chart.sideways) place.classList.add(`rows-${Math.min(12, chart.places.length)}`);
  const drawing = echarts.init(place, null, { renderer: "svg" });
  drawing.setOption(options(chart, place.dataset.lang, place.clientWidth));
  drawing.on("click", (one) => { if (one.data && one.data.spot.href) window.location.assign(one.data.spot.href); });
  new ResizeObserver(() => drawing.resize()).observe(place);
};

const drawAll = () => document.querySelectorAll("[data-chart]").forEach(draw);
drawAll();
document.addEventListener("htmx:after:swap", drawAll);
