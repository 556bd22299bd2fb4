import { OUTCOMES, outcomeOf, type Outcome } from "./outcome";
import type { Rows } from "./rows";
import { labelOf, MARGIN, xOf, type Scene } from "./scene";

const LEAST_WIDTH = 2;
const SHORT = 4;
/** Names and lines between calls are drawn while there are so few. */
const FEW = 600;
const LABEL_GAP = 6;
/** Of a failed call that is too short to be seen for itself: the calls around it shall be seen too. */
const SHARE_OF_SHORT = 0.5;

interface Bar {
  readonly place: number;
  readonly outcome: Outcome;
  readonly x: number;
  width: number;
  readonly y: number;
  readonly short: boolean;
}

/** The calls, each a bar from its beginning to its end. `top`: where the rows begin. */
export function drawRows(context: CanvasRenderingContext2D, scene: Scene, rows: Rows, top: number): void {
  const { palette, width, height, scrollTop } = scene;
  context.save();
  context.beginPath();
  context.rect(0, top, width, height - top);
  context.clip();
  context.translate(0, top - scrollTop);
  const bars = barsOf(scene, rows, scrollTop, scrollTop + height - top);
  if (bars.length <= FEW) drawJoins(context, scene, rows, bars);
  for (const outcome of OUTCOMES) {
    context.fillStyle = palette[outcome];
    for (const { outcome: itsOutcome, x, width: length, y, short } of bars) {
      if (itsOutcome !== outcome) continue;
      const low = scene.rows === "operations" && outcome !== "ok" && short;
      const height = low ? Math.max(2, rows.bar * SHARE_OF_SHORT) : rows.bar;
      bar(context, x, y + rows.bar - height, length, height);
    }
  }
  if (scene.rows === "calls") drawLabels(context, scene, rows, bars);
  drawTitles(context, scene, rows);
  for (const marked of [scene.hovered, scene.selected]) outline(context, scene, rows, marked);
  context.restore();
}

/** What is in sight. Where calls are too short to be told apart, neighbours of a kind are one bar. */
function barsOf(scene: Scene, rows: Rows, from: number, to: number): Bar[] {
  const { model, spans, width, window } = scene;
  const bars: Bar[] = [];
  /** The last bar of each row and outcome. */
  const latest: (Bar | undefined)[] = [];
  const scale = (width - 2 * MARGIN) / (window.to - window.from);
  rows.eachVisible((place) => {
    const y = rows.topOf(place);
    if (y === undefined || y + rows.bar < from || y > to) return;
    const x = Math.max(-LEAST_WIDTH, MARGIN + (spans.beginOf(place) - window.from) * scale);
    const end = Math.min(width + LEAST_WIDTH, MARGIN + (spans.endOf(place) - window.from) * scale);
    const length = Math.max(LEAST_WIDTH, end - x);
    const short = length <= SHORT;
    const outcome = outcomeOf(model, place);
    const key = (scene.rows === "calls" ? spans.rankOf(place) : spans.trackOf(place)) * 3 + OUTCOMES.indexOf(outcome);
    const last = latest[key];
    if (last !== undefined && last.short && short && x - last.x - last.width < 1) {
      last.width = Math.max(last.width, x + length - last.x);
      return;
    }
    const made = { place, outcome, x, width: length, y, short };
    latest[key] = made;
    bars.push(made);
  });
  return bars;
}

function bar(context: CanvasRenderingContext2D, x: number, y: number, width: number, height: number): void {
  if (width < 6) return context.fillRect(x, y, width, height);
  context.beginPath();
  context.roundRect(x, y, width, height, 2.5);
  context.fill();
}

/** Beside a bar where there is room, else before it, else within. */
function drawLabels(context: CanvasRenderingContext2D, scene: Scene, rows: Rows, bars: readonly Bar[]): void {
  const { palette, model, width } = scene;
  context.font = `11px ${palette.font}`;
  context.textBaseline = "middle";
  for (const { place, x, width: length, y } of bars) {
    const text = labelOf(model, place);
    const note = noteOf(scene, place);
    const full = context.measureText(text).width + (note === "" ? 0 : context.measureText(note).width + LABEL_GAP);
    const middle = y + rows.bar / 2 + 0.5;
    const after = x + length + LABEL_GAP;
    const at = after + full < width ? after : x - LABEL_GAP - full > 0 ? x - LABEL_GAP - full : Math.max(MARGIN, x + 4);
    const inside = at > x && at < x + length;
    context.fillStyle = inside ? palette.ground : palette.quiet;
    context.fillText(text, at, middle);
    if (note === "") continue;
    context.fillStyle = inside
      ? palette.ground
      : model.columns.codes[place] === 0
        ? palette.faint
        : palette[outcomeOf(model, place)];
    context.fillText(note, at + full - context.measureText(note).width, middle);
  }
}

function noteOf({ model, attempts }: Scene, place: number): string {
  const { columns } = model;
  const id = columns.ids[place] as number;
  const group = attempts.of(id);
  const code = columns.codes[place] === 0 ? "" : columns.recording.errorCodeAt(id);
  const many = group?.calls.at(-1) === id ? `${group.calls.length} attempts` : "";
  return [code, many].filter((it) => it !== "").join(" · ");
}

function drawTitles(context: CanvasRenderingContext2D, { palette }: Scene, rows: Rows): void {
  context.font = `11px ${palette.font}`;
  context.textBaseline = "alphabetic";
  context.fillStyle = palette.quiet;
  for (const { top, text } of rows.titles) context.fillText(text, MARGIN, top + 13);
}

/** Lines from a failed attempt to the next, and arrows from what caused a call to that call. */
function drawJoins(context: CanvasRenderingContext2D, scene: Scene, rows: Rows, bars: readonly Bar[]): void {
  const { model, attempts, palette } = scene;
  const { columns } = model;
  for (const { place, x, y } of bars) {
    const id = columns.ids[place] as number;
    const calls = attempts.of(id)?.calls;
    const before = calls?.[calls.indexOf(id) - 1];
    if (before !== undefined) join(context, scene, rows, columns.placeOf(before), x, y, palette.again, false);
    const cause = columns.causes[place] as number;
    if (cause !== 0) join(context, scene, rows, columns.placeOf(cause), x, y, palette.faint, true);
  }
}

function join(
  context: CanvasRenderingContext2D,
  scene: Scene,
  rows: Rows,
  from: number,
  x: number,
  y: number,
  colour: string,
  arrow: boolean,
): void {
  const top = from < 0 || from >= scene.model.count ? undefined : rows.topOf(from);
  if (top === undefined) return;
  const startX = Math.max(-20, xOf(scene, scene.spans.endOf(from)));
  const startY = top + rows.bar / 2;
  const endY = y + rows.bar / 2;
  context.strokeStyle = colour;
  context.lineWidth = 1;
  context.setLineDash(arrow ? [] : [3, 2]);
  context.beginPath();
  context.moveTo(startX, startY);
  if (arrow) {
    const bend = Math.max(12, Math.abs(x - startX) / 2);
    context.bezierCurveTo(startX + bend, startY, x - bend, endY, x - 1, endY);
  } else if (scene.rows === "calls") {
    // Between two rows, so that it crosses no name.
    const between = top + rows.bar + 5;
    context.moveTo(startX + 1, top + rows.bar);
    context.lineTo(startX + 1, between);
    context.lineTo(x + 1, between);
    context.lineTo(x + 1, y);
  } else context.lineTo(x, endY);
  context.stroke();
  context.setLineDash([]);
  if (!arrow) return;
  context.fillStyle = colour;
  context.beginPath();
  context.moveTo(x, endY);
  context.lineTo(x - 6, endY - 3.5);
  context.lineTo(x - 6, endY + 3.5);
  context.fill();
}

function outline(context: CanvasRenderingContext2D, scene: Scene, rows: Rows, place: number | undefined): void {
  const y = place === undefined ? undefined : rows.topOf(place);
  if (place === undefined || y === undefined) return;
  const x = xOf(scene, scene.spans.beginOf(place));
  const length = Math.max(LEAST_WIDTH, xOf(scene, scene.spans.endOf(place)) - x);
  context.strokeStyle = scene.palette.text;
  context.lineWidth = place === scene.selected ? 2 : 1;
  context.beginPath();
  context.roundRect(x - 2, y - 2, length + 4, rows.bar + 4, 4);
  context.stroke();
}

/** The call at a point of the canvas, or close to it. */
export function callAt(scene: Scene, rows: Rows, top: number, x: number, y: number): number | undefined {
  const { spans, scrollTop } = scene;
  const at = y - top + scrollTop;
  if (y < top) return undefined;
  const around = scene.rows === "calls" ? 5 : 1;
  let nearest: number | undefined;
  let least = scene.rows === "calls" ? Infinity : 6;
  rows.eachVisible((place) => {
    const barTop = rows.topOf(place);
    if (barTop === undefined || at < barTop - around || at > barTop + rows.bar + around) return;
    const begin = xOf(scene, spans.beginOf(place));
    const end = Math.max(begin + LEAST_WIDTH, xOf(scene, spans.endOf(place)));
    const distance = x < begin ? begin - x : x > end ? x - end : 0;
    if (distance > least || (distance === least && nearest !== undefined)) return;
    least = distance;
    nearest = place;
  });
  return nearest;
}
