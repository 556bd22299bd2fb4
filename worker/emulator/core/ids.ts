import { checkInteger } from "./check";
import type { Random } from "./random";
import { mix32 } from "./seed-hash";
import { formatUuid } from "./sfc32";

/** Digits of identifiers, as the clouds use them. */
export const HEX = "0123456789abcdef";
export const UPPER_HEX = "0123456789ABCDEF";
export const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
export const BASE36 = "0123456789abcdefghijklmnopqrstuvwxyz";

/** What an IAM unique id begins with: user, role, group, managed policy, instance profile. */
export type IamIdPrefix = "AIDA" | "AROA" | "AGPA" | "ANPA" | "AIPA";

const AWS_ID_DIGITS = 17;
const IAM_ID_DIGITS = 17;
const ACCESS_KEY_DIGITS = 16;
const REQUEST_ID_DIGITS = 16;
const TWO_32 = 2 ** 32;

/** Where a source of identifiers stands, for snapshots; the stream of chance behind it is saved on its own. */
export interface IdsState {
  readonly made: number;
  /** What the count is scrambled with; kept, since the run that goes on may have another seed. */
  readonly key: number;
}

/**
 * Identifiers as the clouds make them, from one stream of chance. Every identifier long enough to hold 32 bits holds a scrambled count besides its
 * chance, so that no two from one source are ever the same.
 */
export class Ids {
  readonly #random: Random;
  /** Scrambles the count differently for each seed. */
  #key: number;
  #made = 0;

  constructor(random: Random) {
    this.#random = random;
    this.#key = Math.floor(random.next() * TWO_32);
  }

  /** Version 4 UUID: messages, requests, mappings, Azure object ids. */
  uuid(): string {
    return formatUuid(this.#count(), this.#word(), this.#word(), this.#word());
  }

  /** `digits` lower-case hex digits. */
  hex(digits: number): string {
    return this.of(HEX, digits);
  }

  /** `digits` upper-case hex digits. */
  upperHex(digits: number): string {
    return this.of(UPPER_HEX, digits);
  }

  /** `digits` of `0-9a-z`. */
  base36(digits: number): string {
    return this.of(BASE36, digits);
  }

  /** `digits` of `A-Z2-7`. */
  base32(digits: number): string {
    return this.of(BASE32, digits);
  }

  /** `digits` of any alphabet. */
  of(alphabet: string, digits: number): string {
    checkInteger("digits", digits, { min: 1 });
    const base = alphabet.length;
    const counted = Math.ceil(32 / Math.log2(base));
    const codes: number[] = [];
    if (digits >= counted) {
      let count = this.#count();
      for (let i = 0; i < counted; i++) {
        codes.push(alphabet.charCodeAt(count % base));
        count = Math.floor(count / base);
      }
    }
    while (codes.length < digits) codes.push(alphabet.charCodeAt(this.#random.int(base)));
    // In one piece: put together digit by digit, a text costs several times as much.
    return String.fromCharCode(...codes);
  }

  /** EC2's and VPC's: `awsId("i")` is `i-` and 17 hex digits. */
  awsId(prefix: string): string {
    return `${prefix}-${this.hex(AWS_ID_DIGITS)}`;
  }

  /** IAM's unique ids: `AIDA` and 17 of `A-Z2-7`. */
  iamId(prefix: IamIdPrefix): string {
    return prefix + this.base32(IAM_ID_DIGITS);
  }

  /** `AKIA` and 16 of `A-Z2-7`. */
  accessKeyId(): string {
    return `AKIA${this.base32(ACCESS_KEY_DIGITS)}`;
  }

  /** S3's request id: 16 upper-case hex digits. */
  requestId(): string {
    return this.upperHex(REQUEST_ID_DIGITS);
  }

  /** GCP's numeric ids: 18 or 19 digits. */
  numericId(): string {
    // At least 10^17, at most 10^17 + 2^32 * 2e9, which a signed 64-bit number still holds.
    const id = 10n ** 17n + BigInt(this.#count()) * 2_000_000_000n + BigInt(this.#random.int(2_000_000_000));
    return id.toString();
  }

  save(): IdsState {
    return { made: this.#made, key: this.#key };
  }

  restore({ made, key }: IdsState): void {
    this.#made = made;
    this.#key = key;
  }

  #word(): number {
    return Math.floor(this.#random.next() * TWO_32);
  }

  /** The next 32 bits that this source has not given yet. */
  #count(): number {
    this.#made += 1;
    return mix32((this.#made ^ this.#key) >>> 0);
  }
}
