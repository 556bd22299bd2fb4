/** Longest text that may become a word, in UTF-16 code units. */
export const MAX_WORD_LENGTH = 64;
/** Words of one stream; later texts are written out. */
const MAX_WORDS = 32_768;
/** Texts seen once are remembered by hash alone, in a table of this size: about the last thousand calls. */
const SIGHTINGS = 4096;

/** Remembers which word a place held last: most places hold the same one again. */
export interface WordPlace {
  text: string | undefined;
  word: number;
}

/**
 * Short texts that get a number at their second sight. Which ones do depends on nothing but the texts in their order. A text that occurs once
 * (most keys, ids, ETags) costs one look at two small tables of integers, and no allocation.
 */
export class WordTable {
  readonly list: string[] = [];
  readonly #sightings = new Int32Array(SIGHTINGS);
  /** Open addressing: word number + 1, or 0. */
  #slots = new Uint16Array(256);
  #hashes = new Int32Array(MAX_WORDS >> 7);

  /** The word's number, or -1 when the text is not a word (yet). */
  intern(text: string, hash: number): number {
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    for (let taken = this.#slots[slot] as number; taken !== 0; taken = this.#slots[slot] as number) {
      if (this.#hashes[taken - 1] === hash && this.list[taken - 1] === text) return taken - 1;
      slot = (slot + 1) & mask;
    }
    const sighting = (hash >>> 16) & (SIGHTINGS - 1);
    if (this.#sightings[sighting] !== hash) {
      this.#sightings[sighting] = hash;
      return -1;
    }
    return this.list.length < MAX_WORDS ? this.#add(text, hash, slot) : -1;
  }

  #add(text: string, hash: number, slot: number): number {
    const word = this.list.push(text) - 1;
    if (word === this.#hashes.length) {
      const hashes = new Int32Array(word * 2);
      hashes.set(this.#hashes);
      this.#hashes = hashes;
    }
    this.#hashes[word] = hash;
    this.#slots[slot] = word + 1;
    if (this.list.length * 2 > this.#slots.length) this.#grow();
    return word;
  }

  #grow(): void {
    const slots = new Uint16Array(this.#slots.length * 2);
    const mask = slots.length - 1;
    for (let word = 0; word < this.list.length; word++) {
      let slot = (this.#hashes[word] as number) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = word + 1;
    }
    this.#slots = slots;
  }
}
