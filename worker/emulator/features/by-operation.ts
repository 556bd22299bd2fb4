/** Service and operation as they are looked up: case does not count. */
export const nameKey = (name: string): string => name.toLowerCase();

/** Stands for every service or every operation. */
export const ANY = "*";

/** Something worked out once for each operation of each service, and found again without building a text. */
export class ByOperation<T> {
  readonly #services = new Map<string, Map<string, T>>();

  constructor(private readonly make: (service: string, operation: string) => T) {}

  get(service: string, operation: string): T {
    let operations = this.#services.get(service);
    if (!operations) this.#services.set(service, (operations = new Map<string, T>()));
    let found = operations.get(operation);
    if (found === undefined) operations.set(operation, (found = this.make(service, operation)));
    return found;
  }

  /** Forgets everything: what it was worked out from has changed. */
  clear(): void {
    this.#services.clear();
  }
}
