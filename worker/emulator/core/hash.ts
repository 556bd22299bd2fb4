import { hmac } from "@noble/hashes/hmac.js";
import { sha1 as nobleSha1 } from "@noble/hashes/legacy.js";
import { sha256 as nobleSha256 } from "@noble/hashes/sha2.js";
import { toBase64, toHex, utf8 } from "./bytes";
import { crc32cBytes } from "./crc32c";
import { md5, md5HexOf } from "./md5";

/** What can be hashed; a text is taken as UTF-8. */
export type Hashable = Uint8Array | string;

const bytesOf = (data: Hashable): Uint8Array => (typeof data === "string" ? utf8(data) : data);

/** SHA-256: 32 bytes. */
export const sha256 = (data: Hashable): Uint8Array => nobleSha256(bytesOf(data));
/** SHA-1: 20 bytes. */
export const sha1 = (data: Hashable): Uint8Array => nobleSha1(bytesOf(data));
/** HMAC with SHA-256: 32 bytes. */
export const hmacSha256 = (key: Hashable, data: Hashable): Uint8Array => hmac(nobleSha256, bytesOf(key), bytesOf(data));
/** HMAC with SHA-1: 20 bytes. */
export const hmacSha1 = (key: Hashable, data: Hashable): Uint8Array => hmac(nobleSha1, bytesOf(key), bytesOf(data));

/** MD5 in hex, as S3's ETags write it. */
export const md5Hex = (data: Hashable): string => md5HexOf(data);
/** MD5 in base64, as `Content-MD5` writes it. */
export const md5Base64 = (data: Hashable): string => toBase64(md5(bytesOf(data)));
/** SHA-256 in hex. */
export const sha256Hex = (data: Hashable): string => toHex(sha256(data));
/** SHA-256 in base64. */
export const sha256Base64 = (data: Hashable): string => toBase64(sha256(data));
/** CRC32C in base64, as Cloud Storage and S3 write it. */
export const crc32cBase64 = (data: Hashable): string => toBase64(crc32cBytes(bytesOf(data)));

export { md5 } from "./md5";
export { crc32c } from "./crc32c";
