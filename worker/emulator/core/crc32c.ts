/** Castagnoli's polynomial, reversed. */
const POLYNOMIAL = 0x82f63b78;

const TABLE = Int32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ POLYNOMIAL : crc >>> 1;
  return crc;
});

/** CRC32C, the checksum of Cloud Storage and of S3's `x-amz-checksum-crc32c`; `before` goes on from the CRC of what came before. */
export function crc32c(bytes: Uint8Array, before = 0): number {
  let crc = ~before;
  for (let i = 0; i < bytes.length; i++) {
    crc = (TABLE[(crc ^ (bytes[i] as number)) & 255] as number) ^ (crc >>> 8);
  }
  return ~crc >>> 0;
}

/** CRC32C as four bytes, the highest first, as the clouds write it in base64. */
export function crc32cBytes(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const crc = crc32c(bytes);
  return Uint8Array.of(crc >>> 24, crc >>> 16, crc >>> 8, crc);
}
