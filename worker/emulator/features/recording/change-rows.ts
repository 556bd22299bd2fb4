import type { Change } from "../../core/store/journal";
import type { WireReader, WireWriter } from "../../core/wire";

/*
 * The row of a change: its key, then the value that now stands there, if any. The value before is not stored: it is the one after the previous
 * change of the key. Keys of stores are tuples (`core/store/keys`), written part by part: the call often names the parts already.
 */

const END = "\0";
const WHOLE = 0;
/** Longer tuples are written as one text. */
const MAX_PARTS = 16;

export function writeChangeBody(writer: WireWriter, { key, after }: Change): void {
  const parts = key.endsWith(END) ? key.split(END, MAX_PARTS + 2) : [];
  // The text after the last separator is empty, and no part.
  const count = parts.length - 1;
  if (count < 1 || count > MAX_PARTS) {
    writer.byte(WHOLE);
    writer.writeText(key);
  } else {
    writer.byte(count);
    for (let i = 0; i < count; i++) writer.writeText(parts[i] as string);
  }
  if (after !== undefined) writer.write(after);
}

export function readChangeKey(reader: WireReader): string {
  const count = reader.byte();
  if (count === WHOLE) return reader.text();
  let key = "";
  for (let i = 0; i < count; i++) key += reader.text() + END;
  return key;
}
