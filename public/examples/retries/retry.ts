import { clock, codeOf, isRetryable, random } from "tabcloud";

/**
 * Calls `work` until it succeeds: as often as `attempts` says, with twice the wait each time, and only after errors that may go away.
 * The random half of each wait keeps many clients that failed together from coming back together.
 */
export async function withRetry<T>(work: () => Promise<T>, attempts = 5, firstWaitMs = 100): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (!isRetryable(error) || attempt === attempts) throw error;
      const limit = firstWaitMs * 2 ** (attempt - 1);
      const wait = Math.round(limit * (0.5 + random.next() / 2));
      console.log(`  attempt ${attempt}: ${codeOf(error)}, again in ${wait} ms`);
      await clock.sleep(wait);
    }
  }
}
