import { hmac } from "@noble/hashes/hmac.js";
import { sha1 } from "@noble/hashes/legacy.js";
import { sha256, sha384, sha512 } from "@noble/hashes/sha2.js";

const HASHES = { "SHA-1": sha1, "SHA-256": sha256, "SHA-384": sha384, "SHA-512": sha512 };
type HashName = keyof typeof HASHES;

/** A key for HMAC; its bytes are kept aside, as a real key keeps them. */
class Key {
  readonly type = "secret";
  constructor(
    readonly extractable: boolean,
    readonly algorithm: { readonly name: "HMAC"; readonly hash: { readonly name: HashName } },
    readonly usages: readonly string[],
  ) {}
}
const secrets = new WeakMap<Key, Uint8Array>();

const nameOf = (algorithm: unknown): string => {
  const name: unknown =
    typeof algorithm === "object" && algorithm !== null && "name" in algorithm ? algorithm.name : algorithm;
  return String(name).toUpperCase();
};

const unsupported = (what: string): never => {
  const offer = `digest with ${Object.keys(HASHES).join(", ")}, and HMAC through importKey("raw"), sign and verify`;
  throw new DOMException(`crypto.subtle offers ${offer} here; not ${what}.`, "NotSupportedError");
};

const hashOf = (algorithm: unknown): HashName => {
  const name = nameOf(algorithm);
  return name in HASHES ? (name as HashName) : unsupported(name);
};

const bytesOf = (data: BufferSource): Uint8Array =>
  ArrayBuffer.isView(data) ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength) : new Uint8Array(data);

const bufferOf = (bytes: Uint8Array): ArrayBuffer => Uint8Array.from(bytes).buffer;

function checkHmac(algorithm: unknown): void {
  if (nameOf(algorithm) !== "HMAC") unsupported(nameOf(algorithm));
}

function sign(key: Key, data: BufferSource): Uint8Array {
  const secret = secrets.get(key);
  if (!secret) throw new TypeError("This is not a key from importKey.");
  return hmac(HASHES[key.algorithm.hash.name], secret, bytesOf(data));
}

/**
 * The part of `crypto.subtle` that cloud programs use: hashes and HMAC. Computed here, since browsers give none to a worker that is no secure context, and
 * real ones answer in real time. What else it has in a browser answers `NotSupportedError`.
 */
export function makeSubtle(): object {
  const offered = {
    digest: async (algorithm: unknown, data: BufferSource) => bufferOf(HASHES[hashOf(algorithm)](bytesOf(data))),
    async importKey(
      format: unknown,
      data: BufferSource,
      algorithm: { hash?: unknown },
      extractable: boolean,
      usages: string[],
    ) {
      if (format !== "raw") unsupported(`importKey(${JSON.stringify(format)})`);
      checkHmac(algorithm);
      const key = new Key(Boolean(extractable), { name: "HMAC", hash: { name: hashOf(algorithm.hash) } }, [...usages]);
      secrets.set(key, bytesOf(data).slice());
      return key;
    },
    async sign(algorithm: unknown, key: Key, data: BufferSource) {
      checkHmac(algorithm);
      return bufferOf(sign(key, data));
    },
    async verify(algorithm: unknown, key: Key, signature: BufferSource, data: BufferSource) {
      checkHmac(algorithm);
      const expected = sign(key, data);
      const given = bytesOf(signature);
      return given.length === expected.length && expected.every((byte, index) => byte === given[index]);
    },
  };
  const others = ["encrypt", "decrypt", "generateKey", "deriveKey", "deriveBits", "exportKey", "wrapKey", "unwrapKey"];
  const refused = others.map((name) => [name, async () => unsupported(name)] as const);
  return { ...Object.fromEntries(refused), ...offered };
}
