import { Murmur128 } from "./murmur";
import type { DictionaryPage, RecordPage } from "./record-page";

/** Part of every digest: raise it when the same run would be written as other bytes. */
export const FORMAT_VERSION = 2;

const COLUMNS = [
  "kinds",
  "codes",
  "doors",
  "stoppers",
  "names",
  "times",
  "durations",
  "causes",
  "flows",
  "lengths",
  "bytes",
] as const satisfies readonly (keyof RecordPage)[];
const NAMES = ["signatures", "stores", "strings", "shapes"] as const satisfies readonly (keyof DictionaryPage)[];

/**
 * The digest of a stream: two runs have the same one when they recorded the same, however either was cut into pages. Each column is hashed by itself
 * as if it were one, and the digest is the hash of those. Times and durations are virtual and count; nothing else of the machine is in a page.
 *
 * 128 bits that are not cryptographic: the digest says whether a run was reproduced. Whoever runs a program that lies about it proves nothing
 * with any hash; what must be trusted is run again elsewhere.
 */
export class StreamDigest {
  readonly #columns = COLUMNS.map(() => new Murmur128());
  readonly #names = NAMES.map(() => new Murmur128());
  readonly #encoder = new TextEncoder();
  #count = 0;

  /** Takes the next page in. */
  add(page: RecordPage): void {
    this.#count += page.count;
    COLUMNS.forEach((column, i) => {
      const { buffer, byteOffset, byteLength } = page[column];
      // Columns are hashed as they lie in memory, which is little-endian wherever a browser or Node runs.
      this.#columns[i]?.update(new Uint8Array(buffer, byteOffset, byteLength));
    });
    NAMES.forEach((list, i) => {
      for (const name of page.dictionary[list]) this.#names[i]?.update(this.#encoder.encode(`${canonical(name)}\n`));
    });
  }

  /** 32 hexadecimal digits. */
  digest(): string {
    const parts = [...this.#columns, ...this.#names].map((hash) => hash.hex());
    const text = ["tabcloud.stream", FORMAT_VERSION, this.#count, ...parts].join("\n");
    return new Murmur128().update(this.#encoder.encode(text)).hex();
  }
}

/** One name as text in which nothing can be mistaken for the end of it; the order of a signature's fields is its own business. */
function canonical(name: DictionaryPage[keyof DictionaryPage][number]): string {
  if (typeof name === "string" || !("provider" in name)) return JSON.stringify(name);
  return JSON.stringify([name.provider, name.instance, name.service, name.operation]);
}
