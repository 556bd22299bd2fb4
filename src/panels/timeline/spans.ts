import type { CallColumns } from "../../run/call-columns";

/** The calls of one operation, in as many tracks as went on at the same time. */
export interface Lane {
  readonly signature: number;
  readonly tracks: number;
  /** Its first track among those of all lanes. */
  readonly first: number;
}

/**
 * The calls of a run along an axis: virtual time, or their sequence. A call is known by its place in the columns; its rank is how many begin before
 * it. No two calls of a track overlap.
 */
export interface Spans {
  readonly count: number;
  /** Where the axis ends; it begins at 0. */
  readonly end: number;
  readonly lanes: readonly Lane[];
  /** Of all lanes together. */
  readonly tracks: number;
  beginOf(place: number): number;
  endOf(place: number): number;
  trackOf(place: number): number;
  placeAt(rank: number): number;
  rankOf(place: number): number;
  /** How many begin before a point. */
  rankAt(point: number): number;
  /** Calls that began before a point and end after it, by rank. */
  openAt(point: number): readonly number[];
}

/** Calls whose latest end is known together. */
const BLOCK = 256;
const STRIDE = 4096;

/** Calls by virtual time, milliseconds from the run's start. */
export class TimeSpans implements Spans {
  readonly tracks: number;
  readonly #ranks: Uint32Array;
  /** The latest end of each block of ranks: what still goes on at a point is found without looking at every call before it. */
  readonly #latest: Float64Array;

  constructor(
    private readonly columns: CallColumns,
    private readonly order: Uint32Array,
    private readonly trackOfPlace: Uint32Array,
    readonly lanes: readonly Lane[],
    private readonly startMs: number,
    readonly end: number,
  ) {
    this.tracks = lanes.reduce((sum, lane) => sum + lane.tracks, 0);
    this.#ranks = new Uint32Array(order.length);
    this.#latest = new Float64Array(Math.ceil(order.length / BLOCK)).fill(-Infinity);
    for (let rank = 0; rank < order.length; rank++) {
      const place = order[rank] as number;
      this.#ranks[place] = rank;
      const block = Math.floor(rank / BLOCK);
      this.#latest[block] = Math.max(this.#latest[block] as number, this.endOf(place));
    }
  }

  get count(): number {
    return this.order.length;
  }

  beginOf(place: number): number {
    return (this.columns.begins[place] as number) - this.startMs;
  }

  endOf(place: number): number {
    return (this.columns.begins[place] as number) + (this.columns.durations[place] as number) - this.startMs;
  }

  trackOf(place: number): number {
    return this.trackOfPlace[place] as number;
  }

  placeAt(rank: number): number {
    return this.order[rank] as number;
  }

  rankOf(place: number): number {
    return this.#ranks[place] as number;
  }

  rankAt(point: number): number {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.beginOf(this.placeAt(middle)) < point) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  openAt(point: number): readonly number[] {
    const before = this.rankAt(point);
    const open: number[] = [];
    for (let block = 0; block * BLOCK < before; block++) {
      if ((this.#latest[block] as number) <= point) continue;
      const end = Math.min(before, (block + 1) * BLOCK);
      for (let rank = block * BLOCK; rank < end; rank++) {
        if (this.endOf(this.placeAt(rank)) > point) open.push(this.placeAt(rank));
      }
    }
    return open;
  }
}

/** Calls as they were recorded, each as wide as the other: what there is to see when none of them takes time. */
export class SequenceSpans implements Spans {
  readonly lanes: readonly Lane[];
  readonly #laneOf: Uint32Array;

  constructor(
    private readonly columns: CallColumns,
    readonly count: number,
    lanes: readonly Lane[],
  ) {
    this.lanes = lanes.map(({ signature }, i) => ({ signature, tracks: 1, first: i }));
    this.#laneOf = new Uint32Array(Math.max(0, ...lanes.map((it) => it.signature)) + 1);
    for (const { signature, first } of this.lanes) this.#laneOf[signature] = first;
  }

  get end(): number {
    return this.count;
  }

  get tracks(): number {
    return this.lanes.length;
  }

  beginOf = (place: number): number => place;
  endOf = (place: number): number => place + 1;
  placeAt = (rank: number): number => rank;
  rankOf = (place: number): number => place;

  trackOf(place: number): number {
    return this.#laneOf[this.columns.signatures[place] as number] as number;
  }

  rankAt(point: number): number {
    return Math.min(this.count, Math.max(0, Math.ceil(point)));
  }

  openAt(point: number): readonly number[] {
    const place = Math.floor(point);
    return place < point && place >= 0 && place < this.count ? [place] : [];
  }
}

/**
 * Puts each call into the first track of its operation that is free when it begins, which takes as many tracks as calls went on at once. Operations stand
 * in the order of their first call. Yields where one may pause.
 */
export function* packed(
  { begins, durations, signatures }: CallColumns,
  order: Uint32Array,
): Generator<void, { readonly trackOf: Uint32Array; readonly lanes: readonly Lane[] }> {
  const trackOf = new Uint32Array(order.length);
  /** When each track of each signature is free again. */
  const free = new Map<number, number[]>();
  let looked = 0;
  for (const place of order) {
    const signature = signatures[place] as number;
    let tracks = free.get(signature);
    if (tracks === undefined) free.set(signature, (tracks = []));
    const begin = begins[place] as number;
    const duration = durations[place] as number;
    let track = 0;
    while (track < tracks.length && (tracks[track] as number) > begin) track++;
    tracks[track] = begin + duration;
    trackOf[place] = track;
    if ((looked += track + 1) < STRIDE) continue;
    looked = 0;
    yield;
  }
  const lanes: Lane[] = [];
  const firstOf: number[] = [];
  let first = 0;
  for (const [signature, tracks] of free) {
    lanes.push({ signature, tracks: tracks.length, first });
    firstOf[signature] = first;
    first += tracks.length;
  }
  for (let place = 0; place < trackOf.length; place++) {
    trackOf[place] = (trackOf[place] as number) + (firstOf[signatures[place] as number] as number);
  }
  return { trackOf, lanes };
}
