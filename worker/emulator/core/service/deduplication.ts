import { ascending, prefixOf, tupleKey } from "../store/keys";
import type { MemStore } from "../store/mem-store";

/** What was answered to the first message with an id, and when. */
export interface Remembered<Answer> {
  readonly answer: Answer;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/**
 * Which deduplication ids were accepted of late, by scope (a queue, a topic, a group of one), as FIFO queues and topics know them. An id is known while
 * `now < at + windowMs`; duplicates do not prolong it, and what became of the message does not matter. What is past its window goes when something is remembered.
 */
export class Deduplication<Answer> {
  /**
   * @param answers By scope and id.
   * @param ages Keys of `answers` by scope and moment.
   */
  constructor(
    private readonly answers: MemStore<Remembered<Answer>>,
    private readonly ages: MemStore<string>,
    private readonly windowMs: number,
  ) {}

  /** The first answer, if such a message was accepted within the window. */
  find(scope: readonly string[], id: string, now: number): Answer | undefined {
    const known = this.answers.get(tupleKey(...scope, id));
    return known && now < known.at + this.windowMs ? known.answer : undefined;
  }

  remember(scope: readonly string[], id: string, answer: Answer, now: number): void {
    this.forgetUntil(scope, now - this.windowMs);
    const key = tupleKey(...scope, id);
    this.answers.set(key, { answer, at: now });
    this.ages.set(tupleKey(...scope, ascending(now), id), key);
  }

  /** Everything of a scope that is gone, and of those within it. */
  forget(scope: readonly string[]): void {
    const prefix = prefixOf(...scope);
    for (const store of [this.answers, this.ages]) for (const [key] of store.range({ prefix })) store.delete(key);
  }

  private forgetUntil(scope: readonly string[], moment: number): void {
    const prefix = prefixOf(...scope);
    for (const [age, key] of this.ages.range({ prefix, to: tupleKey(...scope, ascending(moment + 1)) })) {
      this.ages.delete(age);
      // An id that was accepted again has a younger entry of its own.
      if ((this.answers.get(key)?.at ?? Infinity) <= moment) this.answers.delete(key);
    }
  }
}
