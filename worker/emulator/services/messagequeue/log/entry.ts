import type { Due } from "../../../core/clock/heap";
import { md5Hex } from "../../../core/hash";
import type { StoredMessage } from "../state";

/** Where a message is. `Leaving`: too old or received too often, and about to be removed or moved; nobody sees it any more. */
export const Where = { Visible: 0, Hidden: 1, Leaving: 2, Gone: 3 } as const;
export type Where = (typeof Where)[keyof typeof Where];

/** A message of a queue, as the indexes know it; ordered by its place in the queue. */
export class Entry implements Due {
  where: Where = Where.Gone;
  /** Used by the heap that it is in. */
  index = -1;
  readonly sequence = 0;
  private md5: string | undefined = undefined;

  constructor(
    /** Place in the queue: rises with each message sent. */
    readonly due: number,
    /** In the store. */
    readonly key: string,
    public message: StoredMessage,
  ) {}

  /** Of the body, which no change of a message changes: computed once, by whichever answer is asked for it. */
  get md5OfBody(): string {
    return (this.md5 ??= md5Hex(this.message.body));
  }

  /** Taken by a receive since it came here: hidden, it is in flight and not delayed. */
  get received(): boolean {
    return this.message.receivedAt !== undefined;
  }
}
