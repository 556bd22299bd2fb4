import type { RecordReader } from "./record-reader";

/** Which change of a key came before which; built as far as it is asked for. */
export class ChangeIndex {
  /** Latest change of each key, by store and key. */
  readonly #latest = new Map<string, number>();
  /** By place among the changes: the change of the same key before, or 0. */
  readonly #previous: number[] = [];

  constructor(private readonly reader: RecordReader) {}

  previous(change: number): number {
    const changes = this.reader.ordinals("change");
    const place = changes.rank(change);
    if (changes.at(place) !== change) throw new RangeError(`record ${change} is no change`);
    for (let next = this.#previous.length; next <= place; next++) {
      const id = changes.at(next);
      const key = `${this.reader.signatureNumberAt(id)} ${this.reader.changeKeyAt(id)}`;
      this.#previous.push(this.#latest.get(key) ?? 0);
      this.#latest.set(key, id);
    }
    return this.#previous[place] as number;
  }
}
