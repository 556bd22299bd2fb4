import { Refusal } from "../../../worker/emulator/core/service/refusal";
import { reasons, type DatabaseReason } from "../../../worker/emulator/services/database/reasons";

/** With which reason and message something was refused; fails when it was not. */
export function refused(run: () => unknown): { reason: string; message: string } {
  try {
    run();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { message } = reasons[error.reason as DatabaseReason];
    const call = {} as Parameters<typeof message>[1];
    return { reason: error.reason, message: (message as (...args: unknown[]) => string)(error.details, call) };
  }
  throw new Error("nothing was refused");
}
