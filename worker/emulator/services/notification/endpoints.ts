import type { Clock } from "../../core/clock/clock";
import type { EndpointParcel } from "../../core/flow/contract";
import { SECOND_MS } from "../../core/units";
import { refuse } from "./reasons";
import type { EndpointHandler } from "./types";

/** How long a registered endpoint may take. */
const SILENT_MS = 15 * SECOND_MS;

/** URLs that the program is. Its functions are no state: no snapshot has them. */
export class Endpoints {
  private readonly handlers = new Map<string, EndpointHandler>();

  constructor(private readonly clock: Clock) {}

  has(url: string): boolean {
    return this.handlers.has(url);
  }

  register(url: string, handler: EndpointHandler): void {
    this.handlers.set(url, handler);
  }

  remove(url: string): void {
    this.handlers.delete(url);
  }

  /** Calls the program: answers the status of a success, refuses for everything else. */
  async call(url: string, { body, headers }: EndpointParcel): Promise<{ status: number }> {
    const handler = this.handlers.get(url);
    if (!handler) return refuse("endpointFailed", { endpoint: url, why: "is nobody's any more: register it again" });
    const answer = await this.answerOf(url, () => handler({ body, headers: { ...headers } }));
    const status = typeof answer === "object" && answer !== null ? (answer as { status?: unknown }).status : undefined;
    if (typeof status !== "number" || !Number.isInteger(status))
      return refuse("endpointFailed", { endpoint: url, why: "answered without a status: answer { status: 200 }" });
    if (status >= 200 && status < 300) return { status };
    if (status >= 400 && status < 500 && status !== 429) return refuse("endpointRefused", { endpoint: url, status });
    return refuse("endpointFailed", { endpoint: url, why: `answered with status ${status}` });
  }

  /** What the program answers, unless it says nothing for too long. */
  private async answerOf(url: string, ask: () => unknown): Promise<unknown> {
    let timer: number | undefined;
    const silence = new Promise<"silent">((resolve) => {
      timer = this.clock.setTimer(SILENT_MS, () => resolve("silent"), {
        label: "notification.deliver",
        background: true,
      });
    });
    try {
      const answer = await Promise.race([this.asked(ask), silence]);
      return answer === "silent"
        ? refuse("endpointFailed", { endpoint: url, why: `did not answer within ${SILENT_MS / SECOND_MS} s` })
        : answer.thrown
          ? refuse("endpointFailed", { endpoint: url, why: `threw ${answer.thrown}` })
          : answer.value;
    } finally {
      if (timer !== undefined) this.clock.clearTimer(timer);
    }
  }

  private async asked(ask: () => unknown): Promise<{ value?: unknown; thrown?: string }> {
    try {
      return { value: await ask() };
    } catch (error) {
      return { thrown: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };
    }
  }
}
