import { holdTime } from "../../emulator/core/clock/holds";
import { macrotask } from "../../emulator/core/clock/macrotask";

/** A place in the line of real work. Time is held from the moment it is taken until it is freed. */
interface Place {
  /** Everybody before has freed theirs. */
  readonly turn: Promise<void>;
  readonly freed: boolean;
  free(): void;
}

const hop = (): Promise<void> => new Promise(macrotask);

/**
 * The few things a program can do that take real time: loading a module, reading a Blob. They are done one after the other in the order they were asked
 * for, with virtual time held, and each answers on a macrotask of its own. So how long they take, and how many turns of a promise an engine spends on
 * them, shows nowhere.
 */
export class RealWork {
  private last: Promise<void> = Promise.resolve();
  private pending = 0;

  /** Does `work` when its turn has come. It may let go of its place, and so of time, before it settles. */
  async do<T>(work: (letGo: () => void) => Promise<T>): Promise<T> {
    const place = this.take();
    await place.turn;
    try {
      return await work(() => place.free());
    } finally {
      const end = place.freed ? this.take() : place;
      await end.turn;
      await hop();
      end.free();
    }
  }

  /** Resolves when nothing is being done, and what followed from it has happened; undefined when that is so already. */
  rest(): Promise<void> | undefined {
    return this.pending === 0 ? undefined : this.waitForRest();
  }

  private async waitForRest(): Promise<void> {
    while (this.pending > 0) {
      await this.last;
      await hop();
    }
  }

  private take(): Place {
    const letTimeGo = holdTime();
    const turn = this.last;
    this.pending += 1;
    let freed = false;
    let pass = (): void => undefined;
    this.last = new Promise((resolve) => (pass = resolve));
    const free = (): void => {
      if (freed) return;
      freed = true;
      this.pending -= 1;
      letTimeGo();
      pass();
    };
    return {
      turn,
      free,
      get freed() {
        return freed;
      },
    };
  }
}
