import { WHOLE_RUN_MS, type FaultRule } from "../../worker/emulator/run/faults";
import { duration, offset } from "../ui/format";

/** One rule of the fault lab as a sentence's part: `errors (Unavailable) of 20% on storage.putObject, from +1 s for 5 s`. */
export function faultText({ kind, service, operation, fromMs, forMs, amount, code }: FaultRule): string {
  const what = {
    latency: `latency of ${duration(amount)} more`,
    errors: `errors (${code ?? "Unavailable"}) of ${Number((amount * 100).toFixed(2))}%`,
    throttle: `throttling to ${amount} calls a second`,
    outage: "outage",
  }[kind];
  const where = service === "*" ? "everything" : operation === "*" ? service : `${service}.${operation}`;
  const length = forMs >= WHOLE_RUN_MS ? "" : ` for ${duration(forMs)}`;
  const when = fromMs === 0 && length === "" ? "" : `, from ${offset(fromMs)}${length}`;
  return `${what} on ${where}${when}`;
}
