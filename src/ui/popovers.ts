/** Opens a `Popover` by the name it was given; Tab then leads into it. */
export function openPopover(name: string): void {
  const panel = document.querySelector<HTMLElement>(`[data-popover="${name}"]`);
  if (panel === null) return;
  document.querySelector<HTMLElement>(`[popovertarget="${panel.id}"]`)?.focus();
  panel.showPopover();
}
