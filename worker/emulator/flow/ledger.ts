import type { DeliveryFilter, DeliveryInfo } from "../core/flow/contract";
import type { Transit } from "./transit";

/** Deliveries that have ended and are still told of. */
const REMEMBERED = 10_000;

/** What `listDeliveries` knows: all that are on their way, and the latest that have ended. */
export class Ledger {
  readonly #open = new Map<number, Transit>();
  readonly #ended: Transit[] = [];
  /** Where the next one goes, once the ring is full: the oldest one's place. */
  #oldest = 0;

  get open(): number {
    return this.#open.size;
  }

  begin(transit: Transit): void {
    this.#open.set(transit.id, transit);
  }

  end(transit: Transit): void {
    this.#open.delete(transit.id);
    transit.forget();
    if (this.#ended.length < REMEMBERED) this.#ended.push(transit);
    else this.#ended[this.#oldest++ % REMEMBERED] = transit;
  }

  list({ flowId, source, target, state }: DeliveryFilter): DeliveryInfo[] {
    return [...this.#ended, ...this.#open.values()]
      .filter(
        (it) =>
          (flowId === undefined || it.place.flow === flowId) &&
          (source === undefined || it.source === source) &&
          (target === undefined || it.target === target) &&
          (state === undefined || it.state === state),
      )
      .sort((a, b) => a.id - b.id)
      .map((it) => it.info());
  }

  /** Before what was brought back is begun anew. */
  clear(): void {
    this.#open.clear();
    this.#ended.length = 0;
    this.#oldest = 0;
  }
}
