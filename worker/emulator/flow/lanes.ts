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

  /** One of the lane has ended; answers the next one, if it was the first. One that was refused at once never entered. */
  leave(lane: string, transit: Transit): Transit | undefined {
    const queue = this.#lanes.get(lane);
    const index = queue?.indexOf(transit) ?? -1;
    if (!queue || index < 0) return undefined;
    queue.splice(index, 1);
    if (queue.length === 0) this.#lanes.delete(lane);
    return index === 0 ? queue[0] : undefined;
  }

  clear(): void {
    this.#lanes.clear();
  }
}
