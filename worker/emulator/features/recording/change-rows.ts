import type { Change } from "../../core/store/journal";
import type { WireReader, WireWriter, WordPlace } from "../../core/wire";

/*
 * The row of a change: its key, then the value that now stands there, if any. The value before is not stored: it is the one after the previous
 * change of the key. Keys of stores are tuples (`core/store/keys`), written part by part: the call often names the parts already.
 */

const END = "\0";
const WHOLE = 0;
/** Longer tuples are written as one text. */
const MAX_PARTS = 16;

export function writeChangeBody(writer: WireWriter, { key, after }: Change, first: WordPlace): void {
  const parts = findParts(key);
  writer.byte(parts);
  if (parts === WHOLE) writer.writeText(key);
  let from = 0;
  for (let part = 0; part < parts; part++) {
    const to = ends[part] as number;
    writer.writePart(key, from, to, part === 0 ? first : undefined);
    from = to + 1;
  }
  if (after !== undefined) writer.write(after);
}

/** Where the parts end that were found last. */
const ends = new Uint32Array(MAX_PARTS);

/** Parts of a tuple that is worth taking apart, else `WHOLE`. */
function findParts(key: string): number {
  if (key.length === 0 || key.charCodeAt(key.length - 1) !== 0) return WHOLE;
  let parts = 0;
  for (let at = key.indexOf(END); at >= 0; at = key.indexOf(END, at + 1)) {
    if (parts === MAX_PARTS) return WHOLE;
    ends[parts++] = at;
  }
  return parts;
}

export function readChangeKey(reader: WireReader): string {
  const count = reader.byte();
  if (count === WHOLE) return reader.text();
  let key = "";
  for (let i = 0; i < count; i++) key += reader.text() + END;
  return key;
}
