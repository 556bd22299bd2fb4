import { createHash, createHmac } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import * as bytes from "../../../worker/emulator/core/bytes";
import * as hash from "../../../worker/emulator/core/hash";

const data = fc.uint8Array({ maxLength: 300 });

test("digests agree with Node's, at every length around a block", () => {
  const check = (input: Uint8Array): void => {
    expect(hash.md5Hex(input)).toBe(createHash("md5").update(input).digest("hex"));
    expect(hash.md5Base64(input)).toBe(createHash("md5").update(input).digest("base64"));
    expect(hash.sha256Hex(input)).toBe(createHash("sha256").update(input).digest("hex"));
    expect(bytes.toHex(hash.sha1(input))).toBe(createHash("sha1").update(input).digest("hex"));
    expect(bytes.toHex(hash.hmacSha256("key", input))).toBe(createHmac("sha256", "key").update(input).digest("hex"));
    expect(bytes.toHex(hash.hmacSha1(input, "data"))).toBe(createHmac("sha1", input).update("data").digest("hex"));
  };
  for (let length = 0; length < 200; length++) check(Uint8Array.from({ length }, (_, i) => i * 7 + length));
  fc.assert(fc.property(data, check));
});

test("crc32c is Castagnoli's, whole or in parts", () => {
  // RFC 3720, appendix B.4.
  expect(hash.crc32c(new Uint8Array(32))).toBe(0x8a9136aa);
  expect(hash.crc32c(new Uint8Array(32).fill(0xff))).toBe(0x62a8ab43);
  expect(hash.crc32cBase64("123456789")).toBe("4waSgw==");
  fc.assert(
    fc.property(data, fc.nat(300), (input, at) => {
      expect(hash.crc32c(input.subarray(at), hash.crc32c(input.subarray(0, at)))).toBe(hash.crc32c(input));
    }),
  );
});

test("bytes go to text and back", () => {
  fc.assert(
    fc.property(data, (input) => {
      const buffer = Buffer.from(input);
      expect(bytes.toBase64(input)).toBe(buffer.toString("base64"));
      expect(bytes.toBase64Url(input)).toBe(buffer.toString("base64url"));
      expect(bytes.toHex(input)).toBe(buffer.toString("hex"));
      expect(bytes.fromBase64(bytes.toBase64(input))).toEqual(new Uint8Array(input));
      expect(bytes.fromBase64Url(bytes.toBase64Url(input))).toEqual(new Uint8Array(input));
      expect(bytes.fromHex(bytes.toHex(input))).toEqual(new Uint8Array(input));
    }),
  );
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(bytes.fromUtf8(bytes.utf8(text))).toBe(text);
      expect(bytes.utf8Length(text)).toBe(Buffer.byteLength(text));
    }),
  );
  expect(bytes.utf8Length("a\ud800b")).toBe(5);
  expect(bytes.fromUtf8(bytes.utf8("\ufeffx"))).toBe("\ufeffx");
});

test("what is no base64 is refused, also another spelling of the same bytes", () => {
  for (const bad of ["x", "ab=", "a===", "====", "ab=c", "a b=", "YR==", "YWE", "\u00e9aaa", "YQ==YQ=="]) {
    expect(bytes.fromBase64(bad)).toBeUndefined();
  }
  for (const bad of ["x", "YQ==", "YR", "a+", "a/"]) expect(bytes.fromBase64Url(bad)).toBeUndefined();
  expect(() => bytes.fromHex("abc")).toThrow("not hex");
});
