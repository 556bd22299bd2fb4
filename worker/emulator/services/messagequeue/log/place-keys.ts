/** Digits of a place, so that keys sort by it. */
const DIGITS = 10;
const ZERO = 48;

/** Keys of a queue's messages: its prefix, the place, and the end of a tuple's part. In one piece: a text put together from parts is dear to keep and to compare. */
export class PlaceKeys {
  private readonly units: number[];

  constructor(prefix: string) {
    const { length } = prefix;
    this.units = Array.from({ length: length + DIGITS + 1 }, (_, i) => (i < length ? prefix.charCodeAt(i) : 0));
  }

  of(place: number): string {
    const { units } = this;
    const last = units.length - 2;
    let rest = place;
    for (let i = last; i > last - DIGITS; i--) {
      units[i] = ZERO + (rest % 10);
      rest = Math.floor(rest / 10);
    }
    return String.fromCharCode(...units);
  }
}
