import type { Ordinals, RecordReader } from "../../worker/emulator/features/recording/record-reader";

/** The runs on the page, as far as travel needs them. */
export interface Travelled {
  readonly shown: { readonly recording: RecordReader } | undefined;
  moment: number | undefined;
}

/**
 * Moves the moment that panels show from call to call. What is asked for within one frame comes to one move, so that a held key or a dragged slider never
 * gets ahead of what is drawn.
 */
export class Travel {
  #wanted: { readonly of: Travelled["shown"]; readonly moment: number | undefined } | undefined;

  constructor(
    private readonly runs: Travelled,
    private readonly nextFrame: (move: () => void) => void = (move) => void requestAnimationFrame(move),
  ) {}

  get calls(): Ordinals | undefined {
    return this.runs.shown?.recording.ordinals("call");
  }

  /** Which call is shown, or will be with the next frame, counted from 0; how many there are when it is now. */
  get place(): number {
    const { calls, runs } = this;
    const moment = this.#wanted?.of === runs.shown && this.#wanted !== undefined ? this.#wanted.moment : runs.moment;
    if (calls === undefined) return 0;
    return moment === undefined ? calls.length : calls.rank(moment);
  }

  /** Goes to a call, counted from 0; past the last one is now. */
  seek(place: number): void {
    const { calls } = this;
    if (calls === undefined || calls.length === 0) return;
    const moment = place >= calls.length ? undefined : calls.at(Math.max(0, place));
    const waiting = this.#wanted !== undefined;
    this.#wanted = { of: this.runs.shown, moment };
    if (!waiting) this.nextFrame(() => this.#move());
  }

  step(by: number): void {
    this.seek(this.place + by);
  }

  now(): void {
    this.seek(Infinity);
  }

  #move(): void {
    const wanted = this.#wanted;
    this.#wanted = undefined;
    // Another run may have begun meanwhile.
    if (wanted !== undefined && wanted.of === this.runs.shown) this.runs.moment = wanted.moment;
  }
}
