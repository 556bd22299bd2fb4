/** What a platform tells of promises that were rejected with nobody listening. */
export interface RejectionEvents {
  onRejected(fn: (promise: object, reason: unknown) => void): void;
  /** Somebody listens after all. */
  onHandled(fn: (promise: object) => void): void;
}

/**
 * Rejections that nobody handles. Platforms tell of one sooner or later, in real time, so only what is still unhandled when the run is over counts:
 * that is the same in every run.
 */
export class Rejections {
  private readonly unhandled = new Map<object, unknown>();

  constructor(events: RejectionEvents) {
    events.onRejected((promise, reason) => this.unhandled.set(promise, reason));
    events.onHandled((promise) => this.unhandled.delete(promise));
  }

  /** The first one. */
  get first(): { readonly reason: unknown } | undefined {
    for (const reason of this.unhandled.values()) return { reason };
    return undefined;
  }
}
