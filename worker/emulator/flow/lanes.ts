import type { Transit } from "./transit";

/** Deliveries that must keep their order: of each lane only the first is on its way. */
export class Lanes {
  readonly #lanes = new Map<string, Transit[]>();

  /** Puts it behind the others of the lane; true when there are none. */
  enter(lane: string, transit: Transit): boolean {
    const queue = this.#lanes.get(lane);
    if (!queue) {
      this.#lanes.set(lane, [transit]);
      return true;
    }
    queue.push(transit);
    return false;
  }

  /** The first of the lane has ended; answers the next one. */
  leave(lane: string): Transit | undefined {
    const queue = this.#lanes.get(lane);
    queue?.shift();
    if (queue?.length === 0) this.#lanes.delete(lane);
    return queue?.[0];
  }

  clear(): void {
    this.#lanes.clear();
  }
}
