/**
 * Small choices of a person, in localStorage because they are needed before the first paint. Blocked storage, and inside another page, which leaves
 * nothing on its reader's device: they last as long as the page.
 */
const PREFIX = "tabcloud.";
const fallback = new Map<string, string>();
const embedded = typeof document !== "undefined" && "embed" in document.documentElement.dataset;

export function readPreference(name: string): string | undefined {
  if (embedded && fallback.has(name)) return fallback.get(name);
  try {
    return localStorage.getItem(PREFIX + name) ?? undefined;
  } catch {
    return fallback.get(name);
  }
}

export function writePreference(name: string, value: string | undefined): void {
  if (value === undefined) fallback.delete(name);
  else fallback.set(name, value);
  if (embedded) return;
  try {
    if (value === undefined) localStorage.removeItem(PREFIX + name);
    else localStorage.setItem(PREFIX + name, value);
  } catch {
    // Blocked or full: the choice holds until the page is closed.
  }
}

/** Those that begin so. */
export function preferenceNames(prefix: string): string[] {
  const names = new Set(fallback.keys());
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX)) names.add(key.slice(PREFIX.length));
  } catch {
    // Blocked: there are only those of this page.
  }
  return [...names].filter((name) => name.startsWith(prefix));
}
