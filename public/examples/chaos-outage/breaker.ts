import { CloudError, clock, isUnavailable } from "tabcloud";

/**
 * A circuit breaker: after `threshold` failures in a row it lets nothing through for `restMs`, then a single try. Who calls a service that
 * is down gets a quick no instead of a slow one, and the service gets the peace it needs.
 */
export class Breaker {
  private failures = 0;
  private restUntil = 0;

  constructor(
    private readonly threshold: number,
    private readonly restMs: number,
  ) {}

  async call<T>(work: () => Promise<T>): Promise<T> {
    if (clock.now().getTime() < this.restUntil) throw new CloudError("Unavailable", "the breaker is open");
    try {
      const result = await work();
      this.failures = 0;
      return result;
    } catch (error) {
      if (isUnavailable(error) && ++this.failures >= this.threshold)
        this.restUntil = clock.now().getTime() + this.restMs;
      throw error;
    }
  }
}
