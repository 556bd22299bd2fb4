/** How many samples the ring has room for at first. */
const FIRST_ROOM = 1024;

/** The latest samples, as columns; the oldest makes room for the newest. */
export class SampleRing {
  #series = new Int32Array(FIRST_ROOM);
  #times = new Float64Array(FIRST_ROOM);
  #values = new Float64Array(FIRST_ROOM);
  #head = 0;
  #size = 0;

  /** `dropped` hears of each sample that makes room. */
  constructor(
    private readonly capacity: number,
    private readonly dropped: (series: number, value: number, at: number) => void,
  ) {}

  get size(): number {
    return this.#size;
  }

  push(series: number, value: number, at: number): void {
    if (this.#size === this.capacity) {
      const oldest = this.#head;
      this.dropped(this.#series[oldest] as number, this.#values[oldest] as number, this.#times[oldest] as number);
      this.#put(oldest, series, value, at);
      this.#head = oldest + 1 === this.capacity ? 0 : oldest + 1;
      return;
    }
    if (this.#size === this.#series.length) this.#grow();
    this.#put(this.#size, series, value, at);
    this.#size += 1;
  }

  /** Shows every sample to `visit`, oldest first. */
  forEach(visit: (series: number, value: number, at: number) => void): void {
    for (let i = 0; i < this.#size; i++) {
      const at = (this.#head + i) % this.capacity;
      visit(this.#series[at] as number, this.#values[at] as number, this.#times[at] as number);
    }
  }

  clear(): void {
    this.#head = 0;
    this.#size = 0;
  }

  #put(at: number, series: number, value: number, time: number): void {
    this.#series[at] = series;
    this.#values[at] = value;
    this.#times[at] = time;
  }

  #grow(): void {
    const room = Math.min(this.capacity, 2 * this.#size);
    const [series, times, values] = [this.#series, this.#times, this.#values];
    this.#series = new Int32Array(room);
    this.#times = new Float64Array(room);
    this.#values = new Float64Array(room);
    this.#series.set(series);
    this.#times.set(times);
    this.#values.set(values);
  }
}
