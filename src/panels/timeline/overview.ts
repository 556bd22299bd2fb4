import type { TimelineModel } from "./model";
import type { Palette } from "../../ui/palette";
import type { Spans } from "./spans";
import { MARGIN } from "./scene";

/** How many calls begin on each pixel of the whole run. */
export interface Density {
  readonly ok: Uint32Array;
  readonly failed: Uint32Array;
  readonly most: number;
}

export function densityOf({ columns, count }: TimelineModel, spans: Spans, width: number): Density {
  const bins = Math.max(1, Math.floor(width - 2 * MARGIN));
  const ok = new Uint32Array(bins);
  const failed = new Uint32Array(bins);
  const scale = spans.end === 0 ? 0 : bins / spans.end;
  let most = 1;
  for (let place = 0; place < count; place++) {
    const bin = Math.min(bins - 1, Math.floor(spans.beginOf(place) * scale));
    const of = columns.codes[place] === 0 ? ok : failed;
    of[bin] = (of[bin] as number) + 1;
    most = Math.max(most, (ok[bin] as number) + (failed[bin] as number));
  }
  return { ok, failed, most };
}

/** The square root keeps a single call in sight beside a thousand. */
export function drawDensity(
  context: CanvasRenderingContext2D,
  { ok, failed, most }: Density,
  palette: Palette,
  width: number,
  height: number,
): void {
  context.fillStyle = palette.subtle;
  context.fillRect(0, 0, width, height);
  const room = height - 6;
  const heightOf = (calls: number): number => (calls === 0 ? 0 : Math.max(2, Math.sqrt(calls / most) * room));
  for (let i = 0; i < ok.length; i++) {
    const [good, bad] = [ok[i] as number, failed[i] as number];
    if (good + bad === 0) continue;
    const full = heightOf(good + bad);
    context.fillStyle = palette.ok;
    context.fillRect(MARGIN + i, height - full, 1, full);
    if (bad === 0) continue;
    const part = Math.max(2, (full * bad) / (good + bad));
    context.fillStyle = palette.failed;
    context.fillRect(MARGIN + i, height - part, 1, part);
  }
}
