import { Damage } from "./damage";

/** Deflate unpacks a chunk at most about 1,032 times, and a whole chunk before anyone can look: small chunks bound what a bomb can cost. */
const CHUNK_BYTES = 1024;

/** Unpacks; rejects with {@link Damage} beyond `maxBytes`, and with the browser's own error for what is damaged, cut short or too long. */
export async function inflate(
  packed: Uint8Array,
  format: CompressionFormat,
  maxBytes: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new DecompressionStream(format);
  const writer = stream.writable.getWriter();
  const feed = async (): Promise<void> => {
    for (let at = 0; at < packed.length; at += CHUNK_BYTES) await writer.write(packed.slice(at, at + CHUNK_BYTES));
    await writer.close();
  };
  // What goes wrong while feeding also reaches the reader, which reports it.
  feed().catch(() => undefined);
  const parts: Uint8Array[] = [];
  let size = 0;
  const reader = stream.readable.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return joined(parts);
    size += value.byteLength;
    if (size > maxBytes) {
      await reader.cancel();
      throw new Damage(`it unpacks to more than ${maxBytes / 1024 / 1024} MB`);
    }
    parts.push(value);
  }
}

/** Packs. */
export async function deflate(bytes: Uint8Array<ArrayBuffer>, format: CompressionFormat): Promise<Uint8Array> {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream(format));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** One after the other. */
export function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.byteLength;
  }
  return whole;
}
