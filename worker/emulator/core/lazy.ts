/*
 * Fields that are computed when they are first asked for: what is dear, and seldom looked at, in an answer that is made a million times.
 */

const getters = new WeakSet<object>();

/** Whether a property only puts off what could have been a value: showing such a one may read it. */
export const isLazy = ({ get }: { readonly get?: unknown }): boolean => typeof get === "function" && getters.has(get);

/**
 * A property that all objects of one kind share the making of: an own, enumerable one, so that copies, records and comparisons see its value.
 *
 * ```ts
 * const MD5 = lazyField((message: Message) => md5Hex(bodyOf(message)));
 * Object.defineProperty(message, "md5OfBody", MD5);
 * ```
 */
export function lazyField<T extends object>(compute: (of: T) => unknown): PropertyDescriptor {
  function get(this: T): unknown {
    return compute(this);
  }
  getters.add(get);
  return { get, enumerable: true, configurable: true };
}
