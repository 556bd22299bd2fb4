/**
 * Hands bytes or text to the person as a file. As a `data:` address: the page makes no blobs of what programs wrote, since its policy lets blobs be
 * scripts.
 */
export function download(name: string, content: Uint8Array | string): void {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  click(name, dataUrl(bytes, "application/octet-stream"));
}

/** As {@link download}, of what may be very long: then it is, like a text in parts, a blob. */
export function downloadBytes(name: string, bytes: Uint8Array<ArrayBuffer>): void {
  if (bytes.length < CHUNK) download(name, bytes);
  else clickBlob(name, [bytes]);
}

function click(name: string, address: string): void {
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
}

function clickBlob(name: string, parts: BlobPart[]): void {
  const address = URL.createObjectURL(new Blob(parts, { type: "application/octet-stream" }));
  click(name, address);
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

export function dataUrl(bytes: Uint8Array, type: string): string {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return `data:${type};base64,${btoa(binary)}`;
}

/** UTF-16 units that are encoded at once; what is longer goes into no `data:` address, which is slow, and refused by some browsers. */
const CHUNK = 1_000_000;
const SLICE_MS = 12;

/**
 * Hands a text that comes in parts to the person as a file, without holding up the page however long it is. Only a very long one becomes a blob, under an
 * address that nobody else learns and that is soon gone.
 */
export async function downloadParts(name: string, parts: Iterable<string>): Promise<void> {
  const chunks: Blob[] = [];
  let text = "";
  let pauseAt = performance.now() + SLICE_MS;
  for (const part of parts) {
    text += part;
    if (text.length >= CHUNK) {
      chunks.push(new Blob([text]));
      text = "";
    }
    if (performance.now() < pauseAt) continue;
    await new Promise((resolve) => setTimeout(resolve));
    pauseAt = performance.now() + SLICE_MS;
  }
  if (chunks.length === 0) return download(name, text);
  clickBlob(name, [...chunks, text]);
}
