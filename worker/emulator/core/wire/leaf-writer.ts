import { sha256Hex } from "../hash";
import type { Dictionary } from "./dictionary";
import { isPart, LeafMemory } from "./leaves";
import { OMISSIONS, type CutPayload, type Omission } from "./markers";
import { Slab } from "./slab";
import * as tag from "./tags";
import { asciiStart, beginAscii, headOf, packHex, utf8Length, writeAscii, writeWide } from "./text-writer";
import { MAX_WORD_LENGTH, type WordPlace } from "./words";

/** How much of a payload over the cap is kept: bytes, or UTF-16 code units of a text. */
const HEAD_LENGTH = 256;
/** Texts up to this length are not worth a reference. */
const SHORT = 3;

/** Writes what holds no other values: numbers, texts, payloads, dates. */
export abstract class LeafWriter extends Slab {
  protected readonly memory = new LeafMemory();
  /** Whether what is written may be referred to later. */
  protected remembering = false;
  protected rowStart = 0;
  protected time = 0;

  constructor(
    protected readonly dictionary: Dictionary,
    protected cap: number,
  ) {
    super();
  }

  protected abstract marker(marker: CutPayload): void;

  protected number(value: number): void {
    if ((value | 0) === value && !Object.is(value, -0)) {
      if (value >= 0 && value < tag.SMALL_INT_LIMIT) return this.byte(value);
      this.byte(tag.INT);
      return this.zigzag(value);
    }
    if (value !== value) return this.byte(tag.NAN);
    const distance = value - this.time;
    // Not so for what only rounds to a whole distance, nor for -0, which has a distance of 0.
    if ((distance | 0) === distance && Number.isSafeInteger(value) && !Object.is(value, -0)) {
      this.byte(tag.NEAR_INT);
      return this.zigzag(distance);
    }
    this.byte(tag.FLOAT);
    this.float(value);
  }

  /** An integer of 32 bits, small ones of either sign in few bytes. */
  private zigzag(value: number): void {
    this.varint(((value << 1) ^ (value >> 31)) >>> 0);
  }

  protected bigint(value: bigint): void {
    const digits = (value < 0n ? -value : value).toString(16);
    if (digits.length > this.cap) return this.omit("too large");
    this.byte(tag.BIGINT);
    this.byte(value < 0n ? 1 : 0);
    this.varint(digits.length);
    this.reserve(digits.length);
    for (let i = 0; i < digits.length; i++) this.bytes[this.length++] = digits.charCodeAt(i);
  }

  protected text(text: string, cap: number, place?: WordPlace): void {
    if (place !== undefined && place.text === text) return this.word(place.word);
    const { length } = text;
    if (length > SHORT && this.sameAs(this.memory.findText(text))) return;
    if (length > MAX_WORD_LENGTH || length * 3 > cap) return this.longText(text, cap);
    // Written as if it were new, and a digest or all ASCII; mostly it is.
    this.reserve(length + 2);
    const { bytes } = this;
    const packed = packHex(bytes, this.length, text);
    const start = packed ? this.length + 2 : asciiStart(this.length, length);
    const end = start + (packed ? length >> 1 : length);
    let units = 0;
    for (let i = 0, at = start; at < end && !packed; i++) {
      const unit = text.charCodeAt(i);
      bytes[at++] = unit;
      units |= unit;
    }
    if (length >= SHORT) {
      const word = this.dictionary.wordTable.intern(text, this.hash(start, end));
      if (word >= 0) {
        if (place !== undefined) {
          place.text = text;
          place.word = word;
        }
        return this.word(word);
      }
      if (this.remembering) this.memory.remember(text, this.length - this.rowStart);
    }
    if (units > 127) return writeWide(this, text);
    if (!packed) beginAscii(bytes, this.length, length);
    this.length = end;
  }

  /** A part of a text, whole; where it stands already it is not even cut out. */
  protected part(text: string, from: number, to: number, place?: WordPlace): void {
    if (place?.text !== undefined && isPart(text, from, to, place.text)) return this.word(place.word);
    if (to - from > SHORT && this.sameAs(this.memory.findPart(text, from, to))) return;
    this.text(text.slice(from, to), Infinity, place);
  }

  private word(word: number): void {
    if (word < tag.WORD_LIMIT) return this.byte(tag.WORD + word);
    if (word < tag.WIDE_WORD_LIMIT) {
      this.byte(tag.WIDE_WORD + (word >> 8));
      return this.byte(word & 0xff);
    }
    this.byte(tag.FAR_WORD);
    this.varint(word);
  }

  private longText(text: string, cap: number): void {
    if (this.remembering) this.memory.remember(text, this.length - this.rowStart);
    const { length } = text;
    if (length <= cap && writeAscii(this, text)) return;
    const size = length > cap ? Infinity : utf8Length(text);
    if (size > cap || (length * 2 > cap && size < 0)) {
      const bytes = new TextEncoder().encode(text);
      this.cut(bytes, headOf(text, Math.min(HEAD_LENGTH, cap)));
    } else {
      writeWide(this, text);
    }
  }

  protected payload(bytes: Uint8Array): void {
    const { length } = bytes;
    if (length > SHORT) {
      if (this.sameAs(this.memory.findBytes(bytes))) return;
      if (this.remembering) this.memory.remember(bytes, this.length - this.rowStart);
    }
    if (length > this.cap) return this.cut(bytes, bytes.slice(0, Math.min(HEAD_LENGTH, this.cap)));
    this.byte(tag.BYTES);
    this.varint(length);
    this.append(bytes);
  }

  private cut(bytes: Uint8Array, $head: string | Uint8Array): void {
    const cap = this.cap;
    const remembering = this.remembering;
    const { count } = this.memory;
    this.memory.cut(0);
    this.remembering = false;
    this.cap = Infinity;
    this.marker({ $bytes: bytes.length, $sha256: sha256Hex(bytes), $head });
    this.cap = cap;
    this.remembering = remembering;
    this.memory.cut(count);
  }

  protected sameAs(offset: number): boolean {
    if (offset < 0) return false;
    this.byte(tag.SAME_AS);
    this.varint(offset);
    return true;
  }

  protected date(time: number): void {
    if (time !== time) return this.byte(tag.INVALID_DATE);
    const distance = time - this.time;
    if ((distance | 0) === distance) {
      this.byte(tag.NEAR_DATE);
      return this.zigzag(distance);
    }
    this.byte(tag.DATE);
    this.float(time);
  }

  protected omit(why: Omission): void {
    this.byte(tag.OMITTED);
    this.byte(OMISSIONS.indexOf(why));
  }
}
