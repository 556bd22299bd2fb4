import { Deduplication } from "../../core/service/deduplication";
import type { ServiceContext } from "../../core/service/service";
import { splitKey, tupleKey } from "../../core/store/keys";
import type { MemStore } from "../../core/store/mem-store";
import type { MessageQueueDialect } from "./dialect";
import { Entry } from "./log/entry";
import { Queue } from "./queue";
import { refuse } from "./reasons";
import type { MessageAttributes, QueueTags } from "./types";

/** A queue and everything that is set on it. Moments in stored values are milliseconds since 1970. */
export interface StoredQueue {
  readonly name: string;
  readonly url: string;
  readonly arn: string;
  readonly fifo: boolean;
  readonly delayMs: number;
  readonly visibilityTimeoutMs: number;
  readonly maxMessageBytes: number;
  readonly retentionMs: number;
  readonly receiveWaitMs: number;
  readonly contentBasedDeduplication: boolean;
  readonly dedupScope: "queue" | "group";
  readonly tags: QueueTags;
  /** By name. */
  readonly deadLetterQueue?: { readonly queue: string; readonly maxReceiveCount: number };
  readonly deadLetterOnExpiration?: boolean;
  readonly createdAt: number;
  readonly lastModifiedAt: number;
  readonly purgedAt?: number;
  /** The queue whose own dead-letter queue it is. */
  readonly builtInOf?: string;
}

/** How a message came here that was put aside elsewhere. */
export interface StoredDeadLetter {
  /** Name of the queue. */
  readonly source: string;
  readonly sourceArn: string;
  readonly reason: string;
  readonly description?: string;
  readonly receiveCount: number;
  readonly at: number;
}

/**
 * A message. It is delayed or in flight as long as `visibleAt` lies ahead: in flight if it has a `receivedAt`. Nothing is written when that moment comes.
 */
export interface StoredMessage {
  readonly messageId: string;
  readonly body: string | Uint8Array;
  readonly attributes?: MessageAttributes;
  readonly groupId?: string;
  readonly deduplicationId?: string;
  readonly sentAt: number;
  /** What its age counts from. */
  readonly keptFrom: number;
  readonly visibleAt: number;
  readonly receiveCount: number;
  readonly firstReceivedAt?: number;
  /** The last receive here. */
  readonly receivedAt?: number;
  readonly deadLetter?: StoredDeadLetter;
}

/** What a queue numbers messages and signs handles with, by its name. The next place is at least this, and behind that of any message. */
export interface Counter {
  readonly next: number;
  readonly handleKey: number;
}

/** What the first message with a deduplication id was answered. */
export interface FirstSent {
  readonly messageId: string;
  readonly place: number;
}

/** A redrive that goes by the clock, by the name of the dead-letter queue. */
export interface Redrive {
  readonly destination?: string;
  readonly perSecond: number;
  readonly left: number;
  readonly nextAt: number;
}

/** The stores of one account's queues, and the queues as they live. */
export class State {
  /** By name. */
  readonly queues: MemStore<StoredQueue>;
  /** By queue and place: the order in which they were sent. */
  readonly messages: MemStore<StoredMessage>;
  /** When a queue was deleted whose name is still held, by name. */
  readonly holds: MemStore<number>;
  readonly counters: MemStore<Counter>;
  /** By queue, and group where that counts. */
  readonly deduplication: Deduplication<FirstSent>;
  readonly redrives: MemStore<Redrive>;

  private live = new Map<string, Queue>();
  /** By url and arn. */
  private references = new Map<string, Queue>();
  /** Names of the queues that put messages aside here, by name. */
  private readonly sources = new Map<string, Set<string>>();

  constructor(readonly context: ServiceContext<MessageQueueDialect>) {
    this.queues = context.store("queues");
    this.messages = context.store("messages");
    this.holds = context.store("holds");
    this.counters = context.store("counters", { internal: true });
    this.deduplication = new Deduplication(
      context.store("deduplication", { internal: true }),
      context.store("deduplicationAges", { internal: true }),
      context.dialect.deduplicationMs,
    );
    this.redrives = context.store("redrives");
  }

  get dialect(): MessageQueueDialect {
    return this.context.dialect;
  }

  nowMs(): number {
    return Math.floor(this.context.clock.nowMs());
  }

  /** The queue of a url or arn. */
  find(reference: string): Queue | undefined {
    const known = this.references.get(reference);
    if (known !== undefined) return known;
    const name = this.dialect.nameIn(reference, this.context.account);
    return name === undefined ? undefined : this.live.get(name);
  }

  /** The queue of a (checked) url or arn, or the refusal. */
  queue(reference: string): Queue {
    return this.find(reference) ?? refuse("noSuchQueue", { queue: reference, resource: reference });
  }

  named(name: string): Queue | undefined {
    return this.live.get(name);
  }

  all(): Iterable<Queue> {
    return this.live.values();
  }

  /** Stores a new queue. */
  create(stored: StoredQueue, handleKey: number): Queue {
    this.counters.set(tupleKey(stored.name), { next: 0, handleKey });
    this.queues.set(tupleKey(stored.name), stored);
    return this.open(stored, { next: 0, handleKey });
  }

  save(queue: Queue, stored: StoredQueue): void {
    this.unlink(queue.stored);
    queue.stored = stored;
    this.queues.set(tupleKey(stored.name), stored);
    this.link(stored);
  }

  /** Forgets a queue that has no messages any more. */
  drop(queue: Queue): void {
    const { name, url, arn } = queue.stored;
    this.unlink(queue.stored);
    this.live.delete(name);
    this.references.delete(url);
    this.references.delete(arn);
    this.queues.delete(tupleKey(name));
    this.counters.delete(tupleKey(name));
    this.redrives.delete(tupleKey(name));
    this.deduplication.forget([name]);
    queue.close();
  }

  /** Queues whose dead-letter queue this is, by name. */
  sourcesOf(name: string): string[] {
    return [...(this.sources.get(name) ?? [])].sort();
  }

  /** Puts a message at the end of a queue. */
  add(queue: Queue, message: StoredMessage, now: number): Entry {
    const place = queue.next++;
    const entry = new Entry(place, queue.placeKeys.of(place), message);
    this.messages.set(entry.key, message);
    queue.log.enter(entry, now);
    return entry;
  }

  update(entry: Entry, message: StoredMessage): void {
    entry.message = message;
    this.messages.set(entry.key, message);
  }

  remove(queue: Queue, entry: Entry): void {
    this.forget(queue, entry);
    queue.log.remove(entry);
  }

  /** Removes a message that the queue's log does not have any more; whether it was there. */
  forget(queue: Queue, entry: Entry): boolean {
    if (!this.messages.delete(entry.key)) return false;
    // As long as the last message is there, the next place follows from its own: sending need not write it down.
    if (entry.due === queue.next - 1) this.saveCounter(queue);
    return true;
  }

  /** Removes every message of a queue. */
  clear(queue: Queue): void {
    for (const [key] of this.messages.range({ prefix: queue.prefix })) this.messages.delete(key);
    this.saveCounter(queue);
    queue.clear(this.dialect.reorder ? this.context.random : undefined);
  }

  /** After the stores were brought back: the queues as they were at the moment `since`. */
  reopen(since: number): void {
    for (const queue of this.live.values()) queue.close();
    this.live = new Map();
    this.references = new Map();
    this.sources.clear();
    for (const [key, stored] of this.queues.range()) {
      const queue = this.open(stored, this.counters.get(key) ?? { next: 0, handleKey: 0 });
      for (const [at, message] of this.messages.range({ prefix: queue.prefix })) {
        const place = Number(splitKey(at)[1]);
        queue.log.enter(new Entry(place, at, message), since);
        queue.next = Math.max(queue.next, place + 1);
      }
    }
  }

  private open(stored: StoredQueue, counter: Counter): Queue {
    const queue = new Queue(stored, counter, this.dialect.reorder ? this.context.random : undefined);
    this.live.set(stored.name, queue);
    this.references.set(stored.url, queue);
    this.references.set(stored.arn, queue);
    this.link(stored);
    return queue;
  }

  private saveCounter({ counterKey, next, handleKey }: Queue): void {
    this.counters.set(counterKey, { next, handleKey });
  }

  private link({ name, deadLetterQueue }: StoredQueue): void {
    if (deadLetterQueue === undefined) return;
    const known = this.sources.get(deadLetterQueue.queue);
    if (known) known.add(name);
    else this.sources.set(deadLetterQueue.queue, new Set([name]));
  }

  private unlink({ name, deadLetterQueue }: StoredQueue): void {
    if (deadLetterQueue === undefined) return;
    const known = this.sources.get(deadLetterQueue.queue);
    known?.delete(name);
    if (known?.size === 0) this.sources.delete(deadLetterQueue.queue);
  }
}
