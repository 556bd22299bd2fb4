/** Up to so many pairs are weighed one by one; beyond, what occurs equally often decides. */
const MOST_WEIGHED = 40_000;
/** Of looks at elements, for each element: a bound for sequences that have nothing to do with each other. */
const MOST_LOOKS = 40;
/** Elements between two offers to pause. */
const STRIDE = 4096;

/** Lanes laid side by side: for each lane, the place of its element in each row, -1 for a gap. Every element is in one row, in order. */
export type Rows = readonly Int32Array[];

/** One lane: what each of its elements is, exactly and roughly. The same number means the same thing in all lanes. */
export interface Lane {
  readonly exact: Int32Array;
  /** Pairs what is left over between two exact pairs: the same operation with another input. */
  readonly rough: Int32Array;
}

/**
 * Lays lanes side by side, one after the other: what a lane has that the rows do not becomes rows of its own. A generator, so that a long alignment can be
 * driven in slices.
 */
export function* align(lanes: readonly Lane[]): Generator<void, Rows> {
  let rows: Int32Array[] = [];
  let merged: Lane = { exact: new Int32Array(0), rough: new Int32Array(0) };
  for (const lane of lanes) {
    const partners = yield* match(merged.exact, lane.exact);
    yield* fillGaps(partners, merged.rough, lane.rough);
    const [places, own] = merge(partners, lane.exact.length);
    rows = [...rows.map((row) => picked(row, places)), own];
    merged = {
      exact: joined(merged.exact, lane.exact, places, own),
      rough: joined(merged.rough, lane.rough, places, own),
    };
    yield;
  }
  return rows;
}

/** For each element of `a` the place of its partner in `b`, -1 for none; ascending. Where both are short, as many pairs as there can be. */
export function* match(a: Int32Array, b: Int32Array): Generator<void, Int32Array> {
  const partners = new Int32Array(a.length).fill(-1);
  let looks = MOST_LOOKS * (a.length + b.length) + MOST_WEIGHED;
  const ranges: Range[] = [{ a0: 0, a1: a.length, b0: 0, b1: b.length }];
  for (let range = ranges.pop(); range !== undefined; range = ranges.pop()) {
    let { a0, a1, b0, b1 } = range;
    while (a0 < a1 && b0 < b1 && a[a0] === b[b0]) {
      partners[a0++] = b0++;
      if (a0 % STRIDE === 0) yield;
    }
    while (a0 < a1 && b0 < b1 && a[a1 - 1] === b[b1 - 1]) {
      partners[--a1] = --b1;
      if (a1 % STRIDE === 0) yield;
    }
    if (a0 === a1 || b0 === b1 || looks <= 0) continue;
    const rest = { a0, a1, b0, b1 };
    if ((a1 - a0) * (b1 - b0) <= MOST_WEIGHED) {
      looks -= a1 - a0 + b1 - b0;
      weigh(a, b, rest, partners);
    } else {
      looks -= a1 - a0 + b1 - b0;
      const anchors = yield* anchorsOf(a, b, rest);
      if (anchors.length === 0) continue;
      for (let i = 0; i <= anchors.length; i++) {
        const [from, to] = [anchors[i - 1], anchors[i]];
        if (to !== undefined) partners[to.a] = to.b;
        ranges.push({
          a0: from === undefined ? a0 : from.a + 1,
          a1: to?.a ?? a1,
          b0: from === undefined ? b0 : from.b + 1,
          b1: to?.b ?? b1,
        });
      }
    }
    yield;
  }
  return partners;
}

interface Range {
  readonly a0: number;
  readonly a1: number;
  readonly b0: number;
  readonly b1: number;
}

interface Pair {
  readonly a: number;
  readonly b: number;
}

/** The most pairs there can be, by the table of all pairs. */
function weigh(a: Int32Array, b: Int32Array, { a0, a1, b0, b1 }: Range, partners: Int32Array): void {
  const width = b1 - b0 + 1;
  const longest = new Uint16Array((a1 - a0 + 1) * width);
  const at = (i: number, j: number): number => longest[(i - a0) * width + (j - b0)] as number;
  for (let i = a1 - 1; i >= a0; i--) {
    for (let j = b1 - 1; j >= b0; j--) {
      longest[(i - a0) * width + (j - b0)] =
        a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  for (let i = a0, j = b0; i < a1 && j < b1;) {
    if (a[i] === b[j]) partners[i++] = j++;
    else if (at(i + 1, j) >= at(i, j + 1)) i++;
    else j++;
  }
}

/** The nth of a kind goes with the nth of that kind; of these pairs, the most that do not cross. */
function* anchorsOf(a: Int32Array, b: Int32Array, { a0, a1, b0, b1 }: Range): Generator<void, Pair[]> {
  /** By kind: where its next one in `b` is; and for each place of `b`, where the one after it is. */
  const next = new Map<number, number>();
  const following = new Int32Array(b1 - b0).fill(-1);
  for (let j = b1 - 1; j >= b0; j--) {
    const kind = b[j] as number;
    following[j - b0] = next.get(kind) ?? -1;
    next.set(kind, j);
    if (j % STRIDE === 0) yield;
  }
  const pairs: Pair[] = [];
  for (let i = a0; i < a1; i++) {
    const kind = a[i] as number;
    const j = next.get(kind) ?? -1;
    if (j < 0) continue;
    pairs.push({ a: i, b: j });
    next.set(kind, following[j - b0] as number);
    if (i % STRIDE === 0) yield;
  }
  return yield* longestAscending(pairs);
}

/** Pairs come in the order of `a`; the most of them whose `b` ascends too. By patience: piles of cards, each on top of a larger one. */
function* longestAscending(pairs: readonly Pair[]): Generator<void, Pair[]> {
  const tops: number[] = [];
  const below = new Int32Array(pairs.length).fill(-1);
  for (let i = 0; i < pairs.length; i++) {
    const { b } = pairs[i] as Pair;
    let low = 0;
    let high = tops.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((pairs[tops[middle] as number] as Pair).b < b) low = middle + 1;
      else high = middle;
    }
    below[i] = low > 0 ? (tops[low - 1] as number) : -1;
    tops[low] = i;
    if (i % STRIDE === 0) yield;
  }
  const found: Pair[] = [];
  for (let i = tops.at(-1) ?? -1; i >= 0; i = below[i] as number) found.push(pairs[i] as Pair);
  return found.reverse();
}

/** Between two pairs, what both sides have left over is paired roughly. */
function* fillGaps(partners: Int32Array, a: Int32Array, b: Int32Array): Generator<void, void> {
  const done = partners.slice();
  let b0 = 0;
  for (let i = 0; i < done.length; i++) {
    if (done[i] !== -1) {
      b0 = (done[i] as number) + 1;
      if (i % STRIDE === 0) yield;
      continue;
    }
    let end = i;
    while (end < done.length && done[end] === -1) end++;
    const b1 = end < done.length ? (done[end] as number) : b.length;
    if (b0 < b1) {
      const found = yield* match(a.subarray(i, end), b.subarray(b0, b1));
      found.forEach((partner, k) => partner >= 0 && (partners[i + k] = b0 + partner));
    }
    i = end - 1;
  }
}

/** The rows of both: for each, its place in the rows that were there and in the new lane. */
function merge(partners: Int32Array, length: number): [places: Int32Array, own: Int32Array] {
  let pairs = 0;
  for (const partner of partners) if (partner >= 0) pairs++;
  const count = partners.length + length - pairs;
  const places = new Int32Array(count).fill(-1);
  const own = new Int32Array(count).fill(-1);
  let row = 0;
  let next = 0;
  partners.forEach((partner, place) => {
    while (partner >= 0 && next < partner) own[row++] = next++;
    if (partner >= 0) own[row] = next++;
    places[row++] = place;
  });
  while (next < length) own[row++] = next++;
  return [places, own];
}

const picked = (values: Int32Array, places: Int32Array): Int32Array =>
  places.map((place) => (place < 0 ? -1 : (values[place] as number)));

/** What each row is: what the rows had there, or else the new lane. */
const joined = (old: Int32Array, added: Int32Array, places: Int32Array, own: Int32Array): Int32Array =>
  places.map((place, row) => (place < 0 ? (added[own[row] as number] as number) : (old[place] as number)));
