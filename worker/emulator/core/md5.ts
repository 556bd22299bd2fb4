/*
 * MD5 (RFC 1321). It is every S3 ETag, so it runs once a put, and @noble/hashes takes five times as long on a short message.
 */

const BLOCK = 64;
const LENGTH_AT = 56;

/** The last blocks, padded; the digest so far. */
const padded = new Uint8Array(2 * BLOCK);
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
  const rest = length % BLOCK;
  const whole = length - rest;
  for (let at = 0; at < whole; at += BLOCK) compress(message, at);

  const end = rest < LENGTH_AT ? BLOCK : 2 * BLOCK;
  for (let i = 0; i < rest; i++) padded[i] = message[whole + i] as number;
  padded.fill(0, rest, end);
  padded[rest] = 0x80;
  // In bits, the low byte first.
  for (let i = end - 8, bits = length * 8; bits > 0; i++, bits = Math.floor(bits / 256)) padded[i] = bits;
  for (let at = 0; at < end; at += BLOCK) compress(padded, at);
}

/** Four bytes, the low one first. */
const word = (bytes: Uint8Array, at: number): number =>
  (bytes[at] as number) |
  ((bytes[at + 1] as number) << 8) |
  ((bytes[at + 2] as number) << 16) |
  ((bytes[at + 3] as number) << 24);

const turn = (value: number, by: number): number => (value << by) | (value >>> (32 - by));

// Written out, as its 64 steps differ in everything: in a loop, half of the time would go into looking up what each needs.
function compress(bytes: Uint8Array, at: number): void {
  const w0 = word(bytes, at);
  const w1 = word(bytes, at + 4);
  const w2 = word(bytes, at + 8);
  const w3 = word(bytes, at + 12);
  const w4 = word(bytes, at + 16);
  const w5 = word(bytes, at + 20);
  const w6 = word(bytes, at + 24);
  const w7 = word(bytes, at + 28);
  const w8 = word(bytes, at + 32);
  const w9 = word(bytes, at + 36);
  const w10 = word(bytes, at + 40);
  const w11 = word(bytes, at + 44);
  const w12 = word(bytes, at + 48);
  const w13 = word(bytes, at + 52);
  const w14 = word(bytes, at + 56);
  const w15 = word(bytes, at + 60);
  let a = state[0] as number;
  let b = state[1] as number;
  let c = state[2] as number;
  let d = state[3] as number;

  a = (turn((a + (d ^ (b & (c ^ d))) + w0 + 0xd76aa478) | 0, 7) + b) | 0;
  d = (turn((d + (c ^ (a & (b ^ c))) + w1 + 0xe8c7b756) | 0, 12) + a) | 0;
  c = (turn((c + (b ^ (d & (a ^ b))) + w2 + 0x242070db) | 0, 17) + d) | 0;
  b = (turn((b + (a ^ (c & (d ^ a))) + w3 + 0xc1bdceee) | 0, 22) + c) | 0;
  a = (turn((a + (d ^ (b & (c ^ d))) + w4 + 0xf57c0faf) | 0, 7) + b) | 0;
  d = (turn((d + (c ^ (a & (b ^ c))) + w5 + 0x4787c62a) | 0, 12) + a) | 0;
  c = (turn((c + (b ^ (d & (a ^ b))) + w6 + 0xa8304613) | 0, 17) + d) | 0;
  b = (turn((b + (a ^ (c & (d ^ a))) + w7 + 0xfd469501) | 0, 22) + c) | 0;
  a = (turn((a + (d ^ (b & (c ^ d))) + w8 + 0x698098d8) | 0, 7) + b) | 0;
  d = (turn((d + (c ^ (a & (b ^ c))) + w9 + 0x8b44f7af) | 0, 12) + a) | 0;
  c = (turn((c + (b ^ (d & (a ^ b))) + w10 + 0xffff5bb1) | 0, 17) + d) | 0;
  b = (turn((b + (a ^ (c & (d ^ a))) + w11 + 0x895cd7be) | 0, 22) + c) | 0;
  a = (turn((a + (d ^ (b & (c ^ d))) + w12 + 0x6b901122) | 0, 7) + b) | 0;
  d = (turn((d + (c ^ (a & (b ^ c))) + w13 + 0xfd987193) | 0, 12) + a) | 0;
  c = (turn((c + (b ^ (d & (a ^ b))) + w14 + 0xa679438e) | 0, 17) + d) | 0;
  b = (turn((b + (a ^ (c & (d ^ a))) + w15 + 0x49b40821) | 0, 22) + c) | 0;

  a = (turn((a + (c ^ (d & (b ^ c))) + w1 + 0xf61e2562) | 0, 5) + b) | 0;
  d = (turn((d + (b ^ (c & (a ^ b))) + w6 + 0xc040b340) | 0, 9) + a) | 0;
  c = (turn((c + (a ^ (b & (d ^ a))) + w11 + 0x265e5a51) | 0, 14) + d) | 0;
  b = (turn((b + (d ^ (a & (c ^ d))) + w0 + 0xe9b6c7aa) | 0, 20) + c) | 0;
  a = (turn((a + (c ^ (d & (b ^ c))) + w5 + 0xd62f105d) | 0, 5) + b) | 0;
  d = (turn((d + (b ^ (c & (a ^ b))) + w10 + 0x02441453) | 0, 9) + a) | 0;
  c = (turn((c + (a ^ (b & (d ^ a))) + w15 + 0xd8a1e681) | 0, 14) + d) | 0;
  b = (turn((b + (d ^ (a & (c ^ d))) + w4 + 0xe7d3fbc8) | 0, 20) + c) | 0;
  a = (turn((a + (c ^ (d & (b ^ c))) + w9 + 0x21e1cde6) | 0, 5) + b) | 0;
  d = (turn((d + (b ^ (c & (a ^ b))) + w14 + 0xc33707d6) | 0, 9) + a) | 0;
  c = (turn((c + (a ^ (b & (d ^ a))) + w3 + 0xf4d50d87) | 0, 14) + d) | 0;
  b = (turn((b + (d ^ (a & (c ^ d))) + w8 + 0x455a14ed) | 0, 20) + c) | 0;
  a = (turn((a + (c ^ (d & (b ^ c))) + w13 + 0xa9e3e905) | 0, 5) + b) | 0;
  d = (turn((d + (b ^ (c & (a ^ b))) + w2 + 0xfcefa3f8) | 0, 9) + a) | 0;
  c = (turn((c + (a ^ (b & (d ^ a))) + w7 + 0x676f02d9) | 0, 14) + d) | 0;
  b = (turn((b + (d ^ (a & (c ^ d))) + w12 + 0x8d2a4c8a) | 0, 20) + c) | 0;

  a = (turn((a + (b ^ c ^ d) + w5 + 0xfffa3942) | 0, 4) + b) | 0;
  d = (turn((d + (a ^ b ^ c) + w8 + 0x8771f681) | 0, 11) + a) | 0;
  c = (turn((c + (d ^ a ^ b) + w11 + 0x6d9d6122) | 0, 16) + d) | 0;
  b = (turn((b + (c ^ d ^ a) + w14 + 0xfde5380c) | 0, 23) + c) | 0;
  a = (turn((a + (b ^ c ^ d) + w1 + 0xa4beea44) | 0, 4) + b) | 0;
  d = (turn((d + (a ^ b ^ c) + w4 + 0x4bdecfa9) | 0, 11) + a) | 0;
  c = (turn((c + (d ^ a ^ b) + w7 + 0xf6bb4b60) | 0, 16) + d) | 0;
  b = (turn((b + (c ^ d ^ a) + w10 + 0xbebfbc70) | 0, 23) + c) | 0;
  a = (turn((a + (b ^ c ^ d) + w13 + 0x289b7ec6) | 0, 4) + b) | 0;
  d = (turn((d + (a ^ b ^ c) + w0 + 0xeaa127fa) | 0, 11) + a) | 0;
  c = (turn((c + (d ^ a ^ b) + w3 + 0xd4ef3085) | 0, 16) + d) | 0;
  b = (turn((b + (c ^ d ^ a) + w6 + 0x04881d05) | 0, 23) + c) | 0;
  a = (turn((a + (b ^ c ^ d) + w9 + 0xd9d4d039) | 0, 4) + b) | 0;
  d = (turn((d + (a ^ b ^ c) + w12 + 0xe6db99e5) | 0, 11) + a) | 0;
  c = (turn((c + (d ^ a ^ b) + w15 + 0x1fa27cf8) | 0, 16) + d) | 0;
  b = (turn((b + (c ^ d ^ a) + w2 + 0xc4ac5665) | 0, 23) + c) | 0;

  a = (turn((a + (c ^ (b | ~d)) + w0 + 0xf4292244) | 0, 6) + b) | 0;
  d = (turn((d + (b ^ (a | ~c)) + w7 + 0x432aff97) | 0, 10) + a) | 0;
  c = (turn((c + (a ^ (d | ~b)) + w14 + 0xab9423a7) | 0, 15) + d) | 0;
  b = (turn((b + (d ^ (c | ~a)) + w5 + 0xfc93a039) | 0, 21) + c) | 0;
  a = (turn((a + (c ^ (b | ~d)) + w12 + 0x655b59c3) | 0, 6) + b) | 0;
  d = (turn((d + (b ^ (a | ~c)) + w3 + 0x8f0ccc92) | 0, 10) + a) | 0;
  c = (turn((c + (a ^ (d | ~b)) + w10 + 0xffeff47d) | 0, 15) + d) | 0;
  b = (turn((b + (d ^ (c | ~a)) + w1 + 0x85845dd1) | 0, 21) + c) | 0;
  a = (turn((a + (c ^ (b | ~d)) + w8 + 0x6fa87e4f) | 0, 6) + b) | 0;
  d = (turn((d + (b ^ (a | ~c)) + w15 + 0xfe2ce6e0) | 0, 10) + a) | 0;
  c = (turn((c + (a ^ (d | ~b)) + w6 + 0xa3014314) | 0, 15) + d) | 0;
  b = (turn((b + (d ^ (c | ~a)) + w13 + 0x4e0811a1) | 0, 21) + c) | 0;
  a = (turn((a + (c ^ (b | ~d)) + w4 + 0xf7537e82) | 0, 6) + b) | 0;
  d = (turn((d + (b ^ (a | ~c)) + w11 + 0xbd3af235) | 0, 10) + a) | 0;
  c = (turn((c + (a ^ (d | ~b)) + w2 + 0x2ad7d2bb) | 0, 15) + d) | 0;
  b = (turn((b + (d ^ (c | ~a)) + w9 + 0xeb86d391) | 0, 21) + c) | 0;

  state[0] = a + (state[0] as number);
  state[1] = b + (state[1] as number);
  state[2] = c + (state[2] as number);
  state[3] = d + (state[3] as number);
}
