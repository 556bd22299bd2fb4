import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import type { Palette } from "../../ui/palette";
import { ticksBetween, tickText, timeStep } from "../../ui/ticks";
import { plotData, type ChartData } from "./series";

export interface PlotOptions {
  readonly data: ChartData;
  readonly palette: Palette;
  readonly width: number;
  readonly height: number;
  readonly format: (value: number) => string;
  /** Where panels look at the run, milliseconds from its start. */
  readonly moment: () => number | undefined;
  /** The step that is pointed at; undefined for none. */
  readonly onpoint: (step: number | undefined) => void;
}

const TICK_PIXELS = 84;
const Y_TICK_PIXELS = 28;
const WHOLE_STEPS = Array.from({ length: 12 }, (_, power) => [1, 2, 5].map((it) => it * 10 ** power)).flat();

/** Makes a chart in an element. Pointing at one points at all of a page. */
export function plot(host: HTMLElement, options: PlotOptions): uPlot {
  const { data, palette, width, height, format, moment, onpoint } = options;
  // In whole pixels: uPlot scales it to the screen's, and reads no fractions.
  const font = `11px ${palette.font}`;
  const line = { stroke: palette.line, width: 1 };
  const axis = { stroke: palette.faint, font, grid: line, ticks: { ...line, size: 4 }, gap: 4 };
  const stepFor = (u: uPlot, min: number, max: number): number =>
    timeStep(((max - min) * TICK_PIXELS) / Math.max(1, u.width - 60));
  return new uPlot(
    {
      width,
      height,
      padding: [8, 10, 0, 0],
      legend: { show: false },
      cursor: { drag: { x: false, y: false }, y: false, sync: { key: "tabcloud-metrics" }, points: { size: 6 } },
      scales: {
        x: { time: false, range: () => [0, data.stepMs * data.count] },
        y: { range: (_u, _min, max) => yRange(data, max) },
      },
      axes: [
        {
          ...axis,
          size: 24,
          splits: (u, _axis, min, max) => ticksBetween(min, max, stepFor(u, min, max)),
          values: (u, splits) => {
            const { min = 0, max = 1 } = u.scales.x ?? {};
            return splits.map((it) => tickText(it, stepFor(u, min ?? 0, max ?? 1)));
          },
        },
        {
          ...axis,
          size: 58,
          ...(data.whole && { incrs: WHOLE_STEPS }),
          space: Y_TICK_PIXELS,
          values: (_u, splits) => splits.map((it) => format(it)),
        },
      ],
      series: [{}, ...seriesOf(data, palette)],
      hooks: {
        setCursor: [(u) => onpoint(stepUnder(u, data))],
        draw: [(u) => drawMoment(u, moment(), palette)],
      },
    },
    plotData(data),
    host,
  );
}

/** By where the pointer is, not by the nearest point: a step is as wide as it is drawn. */
function stepUnder(u: uPlot, { stepMs, count }: ChartData): number | undefined {
  const { left = -1 } = u.cursor;
  if (left < 0) return undefined;
  return Math.max(0, Math.min(count - 1, Math.floor(u.posToVal(left, "x") / stepMs)));
}

/** From zero, unless something is below; never without height. */
function yRange({ series }: ChartData, max: number | null): [number, number] {
  let least = 0;
  for (const { values } of series) for (let i = 0; i < values.length; i++) least = Math.min(least, values[i] ?? 0);
  return [least, max === null || max <= least ? least + 1 : max + (max - least) * 0.05];
}

function seriesOf({ kind, series }: ChartData, palette: Palette): uPlot.Series[] {
  const { bars, stepped } = uPlot.paths;
  if (kind === "stack") {
    const paths = bars?.({ align: 1, size: [0.9, 48] });
    return [...series].reverse().map(({ colour }) => ({
      ...(paths && { paths }),
      fill: palette[colour],
      width: 0,
      points: { show: false },
    }));
  }
  const paths = kind === "steps" ? stepped?.({ align: 1 }) : undefined;
  return series.map(({ colour }) => ({
    stroke: palette[colour],
    width: 1.5,
    ...(paths && { paths }),
    points: { size: 4, fill: palette[colour] },
  }));
}

function drawMoment(u: uPlot, moment: number | undefined, palette: Palette): void {
  if (moment === undefined) return;
  const x = Math.round(u.valToPos(moment, "x", true));
  u.ctx.save();
  u.ctx.strokeStyle = palette.text;
  u.ctx.lineWidth = 1.5 * devicePixelRatio;
  u.ctx.beginPath();
  u.ctx.moveTo(x, u.bbox.top);
  u.ctx.lineTo(x, u.bbox.top + u.bbox.height);
  u.ctx.stroke();
  u.ctx.restore();
}
