/** For elements that scroll and hold nothing to focus: lets the keyboard scroll them in every browser. Attach it. */
export function scrollable(element: HTMLElement): void {
  element.tabIndex = 0;
}
