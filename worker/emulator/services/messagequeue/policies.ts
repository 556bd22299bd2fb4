import type { QueueReason } from "./reasons";

/** How things stand with the receive that a handle is of. */
export type HandleState =
  /** The message is in flight by it. */
  | "held"
  /** Its time is over, and nobody received the message since. */
  | "over"
  /** The message was received again. */
  | "superseded"
  /** The message is gone. */
  | "gone";

/** What comes of using a handle: what was asked for, nothing, or a refusal. */
export type HandleUse = "act" | "ignore" | QueueReason;

type Uses = Readonly<Record<HandleState, HandleUse>>;

/** How a cloud lets a receiver hold a message: three ways over one log of messages. */
export interface HoldPolicy {
  readonly name: string;
  delete(state: HandleState, fifo: boolean): HandleUse;
  change(state: HandleState, fifo: boolean): HandleUse;
  /** When a message that was received too often is put aside: instead of the next receive, or at the end of the last delivery. */
  readonly deadLettersAt: "receive" | "end";
  /** How long a message may be held after one receive, however often that is prolonged. */
  readonly maxHeldMs: number;
  /** Whether prolonging a hold always sets it to the queue's own time, whatever is asked for. */
  readonly renewsByDefault: boolean;
}

const use =
  (standard: Uses, fifo: Uses = standard) =>
  (state: HandleState, isFifo: boolean): HandleUse =>
    (isFifo ? fifo : standard)[state];

/** SQS: a receive hides the message; whoever received it last may delete it, in time or not. */
export const visibilityTimeout: HoldPolicy = {
  name: "visibility timeout",
  delete: use(
    { held: "act", over: "act", superseded: "ignore", gone: "ignore" },
    { held: "act", over: "handleOver", superseded: "handleOver", gone: "ignore" },
  ),
  change: use(
    { held: "act", over: "act", superseded: "notInFlight", gone: "notInFlight" },
    { held: "act", over: "notInFlight", superseded: "notInFlight", gone: "notInFlight" },
  ),
  deadLettersAt: "receive",
  maxHeldMs: 12 * 3_600_000,
  renewsByDefault: false,
};

/** Service Bus: a receive locks the message; without the lock nothing can be done to it. */
export const peekLock: HoldPolicy = {
  name: "peek-lock",
  delete: use({ held: "act", over: "lockLost", superseded: "lockLost", gone: "lockLost" }),
  change: use({ held: "act", over: "lockLost", superseded: "lockLost", gone: "lockLost" }),
  deadLettersAt: "end",
  maxHeldMs: Infinity,
  renewsByDefault: true,
};

/** Pub/Sub: a receive starts a deadline; an acknowledgement that comes late counts if the message did not go out again, and is never refused. */
export const ackDeadline: HoldPolicy = {
  name: "ack deadline",
  delete: use({ held: "act", over: "act", superseded: "ignore", gone: "ignore" }),
  change: use({ held: "act", over: "ignore", superseded: "ignore", gone: "ignore" }),
  deadLettersAt: "end",
  maxHeldMs: Infinity,
  renewsByDefault: false,
};
