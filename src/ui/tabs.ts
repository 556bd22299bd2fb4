/**
 * Arrow keys, Home and End within an element with the role `tablist`: focus moves to the next tab and chooses it, as the ARIA authoring
 * practices describe.
 */
export function onTabKey(event: KeyboardEvent & { currentTarget: HTMLElement }): void {
  const all = event.currentTarget.querySelectorAll<HTMLElement>('[role="tab"]');
  const tabs = [...all].filter((tab) => tab.checkVisibility({ visibilityProperty: true }));
  const at = tabs.indexOf(document.activeElement as HTMLElement);
  if (at < 0) return;
  const next = target(event.key, at, tabs.length);
  if (next === undefined) return;
  event.preventDefault();
  tabs[next]?.focus();
  tabs[next]?.click();
}

function target(key: string, at: number, count: number): number | undefined {
  if (key === "ArrowRight") return (at + 1) % count;
  if (key === "ArrowLeft") return (at + count - 1) % count;
  if (key === "Home") return 0;
  if (key === "End") return count - 1;
  return undefined;
}
