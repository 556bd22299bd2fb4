/*
 * MD5 (RFC 1321). It is every S3 ETag, so it runs once a put, and @noble/hashes takes five times as long on a short message.
 */

const BLOCK = 64;
const LENGTH_AT = 56;

const CONSTANTS = Int32Array.from({ length: 64 }, (_, i) => Math.floor(Math.abs(Math.sin(i + 1)) * 2 ** 32));

/** The last block, padded; the block being hashed, as words; the digest so far. */
const padded = new Uint8Array(BLOCK);
const words = new Int32Array(16);
const state = new Int32Array(4);

/** Where texts become bytes: an array for each would cost as much as its digest. */
const room = new Uint8Array(12_288);
/** In UTF-8 a character takes at most three bytes a unit. */
const MOST_CHARACTERS = room.length / 3;
const encoder = new TextEncoder();

/** The 16 bytes of a message's digest. */
export function md5(message: Uint8Array): Uint8Array<ArrayBuffer> {
  hash(message);
  const digest = new Uint8Array(16);
  for (let i = 0; i < 16; i++) digest[i] = (state[i >> 2] as number) >>> (8 * (i & 3));
  return digest;
}

/** A message's digest in lower-case hex, without the bytes in between, which cost more than the digest. */
export function md5HexOf(message: Uint8Array | string): string {
  if (typeof message !== "string") hash(message);
  else if (message.length <= MOST_CHARACTERS) hash(room, encoder.encodeInto(message, room).written);
  else hash(encoder.encode(message));
  let at = 0;
  for (const word of state) {
    for (let shift = 0; shift < 32; shift += 8) {
      hexCodes[at++] = HEX_DIGITS[(word >>> (shift + 4)) & 15] as number;
      hexCodes[at++] = HEX_DIGITS[(word >>> shift) & 15] as number;
    }
  }
  // In one piece: a text put together of several is copied once more when it is first read.
  return String.fromCharCode(...hexCodes);
}

const HEX_DIGITS = Array.from("0123456789abcdef", (digit) => digit.charCodeAt(0));
const hexCodes = new Array<number>(32).fill(0);

/** Leaves a message's digest in `state`. */
function hash(message: Uint8Array, length = message.length): void {
  state[0] = 0x67452301;
  state[1] = 0xefcdab89;
  state[2] = 0x98badcfe;
  state[3] = 0x10325476;
  const whole = length - (length % BLOCK);
  for (let at = 0; at < whole; at += BLOCK) {
    load(message, at);
    compress();
  }

  const rest = length - whole;
  padded.fill(0);
  for (let i = 0; i < rest; i++) padded[i] = message[whole + i] as number;
  padded[rest] = 0x80;
  load(padded, 0);
  if (rest >= LENGTH_AT) {
    compress();
    words.fill(0);
  }
  words[14] = length << 3;
  words[15] = Math.floor(length / 2 ** 29);
  compress();
}

function load(bytes: Uint8Array, from: number): void {
  for (let i = 0, at = from; i < 16; i++, at += 4) {
    words[i] =
      (bytes[at] as number) |
      ((bytes[at + 1] as number) << 8) |
      ((bytes[at + 2] as number) << 16) |
      ((bytes[at + 3] as number) << 24);
  }
}

/** The word of the block at `i`, and the constant of the step, added. */
const input = (i: number, step: number): number => (words[i & 15] as number) + (CONSTANTS[step] as number);

// Four steps a turn, written out: each names the four variables one place further, which a loop of single steps would have to move.
function compress(): void {
  let a = state[0] as number;
  let b = state[1] as number;
  let c = state[2] as number;
  let d = state[3] as number;
  for (let j = 0; j < 16; j += 4) {
    a = (a + (d ^ (b & (c ^ d))) + input(j, j)) | 0;
    a = (((a << 7) | (a >>> 25)) + b) | 0;
    d = (d + (c ^ (a & (b ^ c))) + input(j + 1, j + 1)) | 0;
    d = (((d << 12) | (d >>> 20)) + a) | 0;
    c = (c + (b ^ (d & (a ^ b))) + input(j + 2, j + 2)) | 0;
    c = (((c << 17) | (c >>> 15)) + d) | 0;
    b = (b + (a ^ (c & (d ^ a))) + input(j + 3, j + 3)) | 0;
    b = (((b << 22) | (b >>> 10)) + c) | 0;
  }
  for (let j = 0; j < 16; j += 4) {
    a = (a + (c ^ (d & (b ^ c))) + input(5 * j + 1, j + 16)) | 0;
    a = (((a << 5) | (a >>> 27)) + b) | 0;
    d = (d + (b ^ (c & (a ^ b))) + input(5 * j + 6, j + 17)) | 0;
    d = (((d << 9) | (d >>> 23)) + a) | 0;
    c = (c + (a ^ (b & (d ^ a))) + input(5 * j + 11, j + 18)) | 0;
    c = (((c << 14) | (c >>> 18)) + d) | 0;
    b = (b + (d ^ (a & (c ^ d))) + input(5 * j + 16, j + 19)) | 0;
    b = (((b << 20) | (b >>> 12)) + c) | 0;
  }
  for (let j = 0; j < 16; j += 4) {
    a = (a + (b ^ c ^ d) + input(3 * j + 5, j + 32)) | 0;
    a = (((a << 4) | (a >>> 28)) + b) | 0;
    d = (d + (a ^ b ^ c) + input(3 * j + 8, j + 33)) | 0;
    d = (((d << 11) | (d >>> 21)) + a) | 0;
    c = (c + (d ^ a ^ b) + input(3 * j + 11, j + 34)) | 0;
    c = (((c << 16) | (c >>> 16)) + d) | 0;
    b = (b + (c ^ d ^ a) + input(3 * j + 14, j + 35)) | 0;
    b = (((b << 23) | (b >>> 9)) + c) | 0;
  }
  for (let j = 0; j < 16; j += 4) {
    a = (a + (c ^ (b | ~d)) + input(7 * j, j + 48)) | 0;
    a = (((a << 6) | (a >>> 26)) + b) | 0;
    d = (d + (b ^ (a | ~c)) + input(7 * j + 7, j + 49)) | 0;
    d = (((d << 10) | (d >>> 22)) + a) | 0;
    c = (c + (a ^ (d | ~b)) + input(7 * j + 14, j + 50)) | 0;
    c = (((c << 15) | (c >>> 17)) + d) | 0;
    b = (b + (d ^ (c | ~a)) + input(7 * j + 21, j + 51)) | 0;
    b = (((b << 21) | (b >>> 11)) + c) | 0;
  }
  state[0] = a + (state[0] as number);
  state[1] = b + (state[1] as number);
  state[2] = c + (state[2] as number);
  state[3] = d + (state[3] as number);
}
