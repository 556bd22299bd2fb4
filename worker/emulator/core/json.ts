/** What JSON can say. */
export type JsonValue = string | number | boolean | null | JsonValue[] | { [name: string]: JsonValue };

/**
 * An event pattern as an object: `{ source: ["shop"], detail: { total: [{ numeric: [">", 100] }] } }`. The same language in rules, filter policies and the filters of
 * event source mappings.
 */
export type Pattern = { [field: string]: JsonValue };
