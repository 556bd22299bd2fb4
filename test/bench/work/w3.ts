import { RealClock } from "../../../worker/emulator/core/clock/real-clock";
import { newAWS } from "../../../worker/emulator/providers";
import type { MessageQueueDriver } from "../../../worker/emulator/services/messagequeue/driver";
import { check, Stopwatch, type Measure, type Now } from "./measure";

const BODY_BYTES = 200;
const TEN = 10;

/** Queues through the driver interface: every call awaited, every answer checked. */
export async function w3(n: number, now: Now): Promise<Measure[]> {
  const watch = new Stopwatch("W3", n, now);
  // As many in flight as there are messages: what is measured is the queue, and not its limit.
  const { messageQueue } = newAWS({ clock: new RealClock(), dialect: { messageQueue: { maxInFlight: n + 1 } } });
  const bodies = Array.from({ length: n }, (_, i) => String(i).padStart(BODY_BYTES, "message "));
  await floor(watch, bodies);

  const { url } = await messageQueue.createQueue({ name: "bench", visibilityTimeoutMs: 12 * 3_600_000 });
  await watch.time("send", n, () => sendAll(messageQueue, url, bodies));
  check((await messageQueue.getQueueInfo(url)).approxMessageCount === n, "not everything was sent");

  let right = 0;
  await watch.time("receive in tens and delete each, a message", n, async () => {
    for (;;) {
      const messages = await messageQueue.receiveMessages(url, { maxMessages: TEN });
      if (messages.length === 0) return;
      for (const { receiptHandle, body } of messages) {
        if (body === bodies[right]) right++;
        await messageQueue.deleteMessage(url, receiptHandle);
      }
    }
  });
  check(right === n, `received in order: ${right} of ${n}`);

  await sendAll(messageQueue, url, bodies);
  const handles: string[] = [];
  await watch.time("receive in tens, all held, a message", n, async () => {
    for (;;) {
      const messages = await messageQueue.receiveMessages(url, { maxMessages: TEN });
      if (messages.length === 0) return;
      for (const { receiptHandle } of messages) handles.push(receiptHandle);
    }
  });
  check(handles.length === n, `held: ${handles.length} of ${n}`);
  await watch.time("delete while all are in flight", n, async () => {
    for (const handle of handles) await messageQueue.deleteMessage(url, handle);
  });
  const { approxMessageCount, approxNotVisibleCount } = await messageQueue.getQueueAttributes(url);
  check(approxMessageCount + approxNotVisibleCount === 0, "something is left");
  return watch.measures;
}

async function sendAll(queue: MessageQueueDriver, url: string, bodies: readonly string[]): Promise<void> {
  for (const body of bodies) {
    const { messageId } = await queue.sendMessage(url, { body });
    check(messageId.length === 36, "a message id");
  }
}

/** The same on a bare Map: what awaiting alone costs here. */
async function floor(watch: Stopwatch, bodies: readonly string[]): Promise<void> {
  const map = new Map<number, string>();
  const send = async (i: number, body: string): Promise<void> => void map.set(i, body);
  const take = async (i: number): Promise<boolean> => map.delete(i);
  await watch.time("floor: Map set", bodies.length, async () => {
    for (let i = 0; i < bodies.length; i++) await send(i, bodies[i] as string);
  });
  let right = 0;
  await watch.time("floor: Map delete", bodies.length, async () => {
    for (let i = 0; i < bodies.length; i++) if (await take(i)) right++;
  });
  check(right === bodies.length, "Map delete");
}
