/**
 * Hands bytes or text to the person as a file. As a `data:` address: the page makes no blobs of what programs wrote, since its policy lets blobs be
 * scripts.
 */
export function download(name: string, content: Uint8Array | string): void {
  const link = document.createElement("a");
  link.href = dataUrl(
    typeof content === "string" ? new TextEncoder().encode(content) : content,
    "application/octet-stream",
  );
  link.download = name;
  link.click();
}

export function dataUrl(bytes: Uint8Array, type: string): string {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return `data:${type};base64,${btoa(binary)}`;
}
