/*
 * Fields that are computed when they are first asked for: what is dear, and seldom looked at, in an answer that is made a million times.
 */

const getters = new WeakSet<object>();

/** Whether a property's getter only puts off what could have been a value: showing such a property may call it. */
export const isLazy = (getter: unknown): boolean => typeof getter === "function" && getters.has(getter);

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
