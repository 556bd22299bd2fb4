import type { Scene } from "./scene";
import { signatureLabel } from "./scene";

/** Where a call is drawn; undefined when it is in no row on the screen. */
export interface Rows {
  /** Pixels from the first row to the end of the last. */
  readonly height: number;
  /** From the first row on. */
  topOf(place: number): number | undefined;
  /** Of a bar. */
  readonly bar: number;
  /** Shows calls that may be in sight to `visit`, in the order in which they begin. */
  eachVisible(visit: (place: number) => void): void;
  readonly titles: readonly { readonly top: number; readonly text: string }[];
}

export type RowsScene = Pick<Scene, "model" | "spans" | "window" | "rows" | "scrollTop"> & {
  readonly rowsHeight: number;
};

const ROW = 22;
const ROW_BAR = 12;
const TITLE = 18;
const GAP = 6;

export const rowsOf = (scene: RowsScene): Rows => (scene.rows === "calls" ? callRows(scene) : laneRows(scene));

/** One row a call, for those within the window. */
function callRows({ spans, window, scrollTop, rowsHeight }: RowsScene): Rows {
  const open = spans.openAt(window.from);
  const first = spans.rankAt(window.from);
  const last = spans.rankAt(window.to + 1e-9);
  const count = open.length + last - first;
  const placeIn = (row: number): number =>
    row < open.length ? (open[row] as number) : spans.placeAt(first + row - open.length);
  return {
    height: count * ROW + GAP,
    bar: ROW_BAR,
    titles: [],
    topOf(place) {
      const rank = spans.rankOf(place);
      if (rank >= last) return undefined;
      const row = rank >= first ? open.length + rank - first : open.indexOf(place);
      return row < 0 ? undefined : row * ROW + (ROW - ROW_BAR) / 2;
    },
    eachVisible(visit) {
      const end = Math.min(count, Math.ceil((scrollTop + rowsHeight) / ROW));
      for (let row = Math.max(0, Math.floor(scrollTop / ROW)); row < end; row++) visit(placeIn(row));
    },
  };
}

/** Tracks by operation, as high as there is room for. */
function laneRows({ model, spans, window, rowsHeight }: RowsScene): Rows {
  const { lanes } = spans;
  const room = (rowsHeight - lanes.length * (TITLE + GAP)) / Math.max(1, spans.tracks);
  const track = Math.max(4, Math.min(16, Math.floor(room)));
  const bar = track > 6 ? track - 2 : track - 1;
  const tops: number[] = [];
  const titles: { top: number; text: string }[] = [];
  let top = 0;
  for (const { signature, tracks, first } of lanes) {
    titles.push({ top, text: signatureLabel(model.columns, signature) });
    top += TITLE;
    for (let i = 0; i < tracks; i++) tops[first + i] = top + i * track;
    top += tracks * track + GAP;
  }
  return {
    height: top,
    bar,
    titles,
    topOf: (place) => tops[spans.trackOf(place)],
    eachVisible(visit) {
      spans.openAt(window.from).forEach(visit);
      const last = spans.rankAt(window.to + 1e-9);
      for (let rank = spans.rankAt(window.from); rank < last; rank++) visit(spans.placeAt(rank));
    },
  };
}
