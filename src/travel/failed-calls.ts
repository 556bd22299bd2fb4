import type { RecordReader } from "../../worker/emulator/features/recording/record-reader";

const BATCH = 256;

/** Where among the calls those stand that failed; follows its recording in slices. */
export class FailedCalls {
  readonly #places: number[] = [];
  #seen = 0;

  constructor(private readonly recording: RecordReader) {}

  /** Goes on for as long as `hasTime` says so; whether there is nothing left to look at. */
  follow(hasTime: () => boolean): boolean {
    const calls = this.recording.ordinals("call");
    while (this.#seen < calls.length) {
      const end = Math.min(calls.length, this.#seen + BATCH);
      for (; this.#seen < end; this.#seen++)
        if (this.recording.errorCodeAt(calls.at(this.#seen)) !== "OK") this.#places.push(this.#seen);
      if (!hasTime()) break;
    }
    return this.#seen === calls.length;
  }

  /** Marks along a line of so many pixels, as an SVG path: one a pixel at most. */
  path(width: number): string {
    const last = Math.max(1, this.recording.ordinals("call").length - 1);
    let path = "";
    let drawn = -1;
    for (const place of this.#places) {
      const x = Math.round((place / last) * width);
      if (x === drawn) continue;
      drawn = x;
      path += `M${x} 0v1`;
    }
    return path;
  }
}
