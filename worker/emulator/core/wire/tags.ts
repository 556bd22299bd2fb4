/*
 * The first byte of every value. Below 0xd0 it carries a small number or count itself, so that what programs pass most (small integers, short
 * ASCII texts, words of the dictionary, objects of known shape) costs one byte beside its content.
 */

/** 0x00 to 0x3f: the integer itself. */
export const SMALL_INT_LIMIT = 0x40;
/** + length 0 to 31; that many ASCII bytes follow. */
export const SHORT_TEXT = 0x40;
export const SHORT_TEXT_LIMIT = 32;
/** + number 0 to 31 of a word in the dictionary. */
export const WORD = 0x60;
export const WORD_LIMIT = 32;
/** + the high five of thirteen bits of a word's number; the low eight follow. */
export const WIDE_WORD = 0x80;
export const WIDE_WORD_LIMIT = 0x2000;
/** + number 0 to 31 of a shape; its values follow. */
export const SHAPE = 0xa0;
export const SHAPE_LIMIT = 32;
/** + length 0 to 15; the items follow. */
export const SHORT_ARRAY = 0xc0;
export const SHORT_ARRAY_LIMIT = 16;

export const UNDEFINED = 0xd0;
export const NULL = 0xd1;
export const TRUE = 0xd2;
export const FALSE = 0xd3;
/** Zigzag varint. */
export const INT = 0xd4;
/** Eight bytes, little-endian; never NaN, whose bits differ from engine to engine. */
export const FLOAT = 0xd5;
export const NAN = 0xd6;
/** Varint length, ASCII bytes. */
export const ASCII = 0xd7;
/** Varint length in bytes, UTF-8. */
export const UTF8 = 0xd8;
/** Varint length in code units, two bytes each: texts with a surrogate that has no partner. */
export const UTF16 = 0xd9;
/** Varint number of bytes; each is two lower-case hexadecimal digits. */
export const HEX = 0xda;
/** Varint number of a word in the dictionary. */
export const FAR_WORD = 0xdb;
/** Varint length, bytes. */
export const BYTES = 0xdc;
/** Varint offset from the start of the call's row, where the same text or bytes stand already. */
export const SAME_AS = 0xdd;
/** Zigzag varint: milliseconds from the row's time. */
export const NEAR_DATE = 0xde;
/** Eight bytes, little-endian: milliseconds since 1970. */
export const DATE = 0xdf;
export const INVALID_DATE = 0xe0;
/** Sign byte (0 or 1), varint length, ASCII hexadecimal digits of the magnitude. */
export const BIGINT = 0xe1;
/** Varint length, items. */
export const ARRAY = 0xe2;
/** Varint number of a shape, values. Only read: snapshots of earlier days have it. */
export const FAR_SHAPE = 0xe3;
/** Key, value, key, value, ..., `END`. Only read, as the one before. */
export const LOOSE_OBJECT = 0xe4;
export const MAP = 0xe5;
/** Item, item, ..., `END`. */
export const SET = 0xe6;
export const END = 0xe7;
/** Varint count: so many more items, entries or fields were left out; ends what holds it. */
export const REST = 0xe8;
/** A byte: index into `OMISSIONS`. */
export const OMITTED = 0xe9;
/** Zigzag varint: an integer by its distance from the row's time. Stores keep moments as milliseconds. */
export const NEAR_INT = 0xea;
/** An object that is said to be what it is at its end: values, `END`, then a varint: its shape's number + 1, or 0 and as many keys as there are values. */
export const LATE_OBJECT = 0xeb;
