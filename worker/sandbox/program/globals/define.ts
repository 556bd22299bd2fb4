/** Puts a value in place of a built-in one, with a built-in's attributes. */
export function define(target: object, key: PropertyKey, value: unknown): void {
  Object.defineProperty(target, key, { value, writable: true, enumerable: false, configurable: true });
}

/** Replaces methods, each keeping the name under which it is found. */
export function defineMethods(target: object, methods: Readonly<Record<string, (...args: never[]) => unknown>>): void {
  for (const [name, method] of Object.entries(methods)) {
    define(method, "name", name);
    define(target, name, method);
  }
}
