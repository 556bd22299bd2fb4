import { ticksBetween, tickText, timeStep, roundStep } from "../../ui/ticks";
import { stepAt } from "./concurrency";
import type { Marks } from "./marks";
import { MARGIN, pointAt, xOf, type Scene } from "./scene";

export const AXIS = 24;
export const STRIP = 34;
/** Between two labels. */
const TICK_PIXELS = 84;

/** The labelled ticks above, with a faint line down each. */
export function drawAxis(context: CanvasRenderingContext2D, scene: Scene): void {
  const { palette, width, height, window, bySequence } = scene;
  const least = ((window.to - window.from) * TICK_PIXELS) / Math.max(1, width - 2 * MARGIN);
  const step = bySequence ? Math.max(1, roundStep(least)) : timeStep(least);
  context.font = `10.5px ${palette.font}`;
  context.textBaseline = "middle";
  for (const tick of ticksBetween(window.from, window.to, step)) {
    const x = Math.round(xOf(scene, tick)) + 0.5;
    context.strokeStyle = palette.line;
    context.lineWidth = 1;
    context.beginPath();
    context.moveTo(x, AXIS);
    context.lineTo(x, height);
    context.stroke();
    const text = bySequence ? `#${(tick + 1).toLocaleString("en-US")}` : tickText(tick, step);
    const half = context.measureText(text).width / 2;
    context.fillStyle = palette.faint;
    context.fillText(text, Math.max(2, Math.min(width - 2 * half - 2, x - half)), 9);
  }
  context.strokeStyle = palette.line;
  context.beginPath();
  context.moveTo(0, AXIS - 0.5);
  context.lineTo(width, AXIS - 0.5);
  context.stroke();
}

/** Lines of the console and checks, as small marks on the axis. */
export function drawMarks(context: CanvasRenderingContext2D, scene: Scene, marks: Marks): void {
  const { palette, window, bySequence } = scene;
  const colours = { line: palette.faint, warn: palette.again, error: palette.failed, passed: palette.passed } as const;
  let last = -Infinity;
  for (const { kind, timeMs, calls } of marks) {
    const point = bySequence ? calls : timeMs - scene.model.startMs;
    if (point < window.from || point > window.to) continue;
    const x = Math.round(xOf(scene, point));
    // Plain lines on one pixel are one mark; what is wrong is always drawn.
    if (kind === "line" && x === last) continue;
    last = x;
    context.fillStyle = colours[kind];
    context.fillRect(x - 0.5, AXIS - 6, kind === "line" ? 1 : 2, 5);
  }
}

/** How many calls went on at once, over time. */
export function drawConcurrency(context: CanvasRenderingContext2D, scene: Scene): void {
  const { model, palette, width, window } = scene;
  const { concurrency, startMs } = model;
  const { peak, levels, times, length } = concurrency;
  if (peak === 0) return;
  const bottom = AXIS + STRIP - 4;
  const room = STRIP - 10;
  const yOf = (level: number): number => bottom - (level / peak) * room;
  context.fillStyle = palette.okSoft;
  context.strokeStyle = palette.ok;
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(0, bottom);
  let at = Math.max(0, stepAt(concurrency, window.from + startMs));
  let y = yOf(at < length && (times[at] as number) <= window.from + startMs ? (levels[at] as number) : 0);
  context.lineTo(0, y);
  // What falls onto one pixel is drawn as its highest.
  while (at < length) {
    const x = xOf(scene, (times[at] as number) - startMs);
    if (x > width) break;
    const untilTime = pointAt(scene, Math.floor(x) + 1) + startMs;
    let highest = 0;
    let last: number;
    do {
      last = levels[at++] as number;
      if (last > highest) highest = last;
    } while (at < length && (times[at] as number) < untilTime);
    if (x >= 0) {
      context.lineTo(x, y);
      context.lineTo(x, yOf(highest));
      if (last !== highest) {
        context.lineTo(x + 0.5, yOf(highest));
        context.lineTo(x + 0.5, yOf(last));
      }
    }
    y = yOf(last);
  }
  context.lineTo(width, y);
  context.lineTo(width, bottom);
  context.fill();
  context.stroke();
  const text = peak === 1 ? "at most 1 at once" : `up to ${peak.toLocaleString("en-US")} at once`;
  context.font = `10.5px ${palette.font}`;
  context.textBaseline = "top";
  const textWidth = context.measureText(text).width;
  context.fillStyle = palette.ground;
  context.globalAlpha = 0.8;
  context.fillRect(width - textWidth - 10, AXIS + 2, textWidth + 8, 13);
  context.globalAlpha = 1;
  context.fillStyle = palette.faint;
  context.fillText(text, width - textWidth - 6, AXIS + 4);
}

/** The moment at which the panels look at the run. */
export function drawMoment(context: CanvasRenderingContext2D, scene: Scene, top: number, height: number): void {
  if (scene.moment === undefined) return;
  const x = Math.round(xOf(scene, scene.moment)) + 0.5;
  context.strokeStyle = scene.palette.text;
  context.lineWidth = 1.5;
  context.beginPath();
  context.moveTo(x, top);
  context.lineTo(x, height);
  context.stroke();
}
