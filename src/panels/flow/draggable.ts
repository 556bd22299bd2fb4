/** Below it a press is a click. */
const SLACK = 4;

/** Lets a mouse move what scrolls by dragging its ground; fingers scroll by themselves. */
export function draggable(view: HTMLElement): () => void {
  let from: { x: number; y: number; left: number; top: number } | undefined;

  const onDown = (event: PointerEvent): void => {
    const onButton = event.target instanceof Element && event.target.closest("button") !== null;
    if (event.pointerType !== "mouse" || event.button !== 0 || onButton) return;
    from = { x: event.clientX, y: event.clientY, left: view.scrollLeft, top: view.scrollTop };
  };
  const onMove = (event: PointerEvent): void => {
    if (from === undefined) return;
    const [dx, dy] = [event.clientX - from.x, event.clientY - from.y];
    if (!("dragging" in view.dataset)) {
      if (Math.hypot(dx, dy) < SLACK) return;
      view.dataset.dragging = "";
      view.setPointerCapture(event.pointerId);
    }
    view.scrollLeft = from.left - dx;
    view.scrollTop = from.top - dy;
  };
  const onUp = (): void => {
    from = undefined;
    delete view.dataset.dragging;
  };

  view.addEventListener("pointerdown", onDown);
  view.addEventListener("pointermove", onMove);
  view.addEventListener("pointerup", onUp);
  view.addEventListener("pointercancel", onUp);
  return () => {
    view.removeEventListener("pointerdown", onDown);
    view.removeEventListener("pointermove", onMove);
    view.removeEventListener("pointerup", onUp);
    view.removeEventListener("pointercancel", onUp);
  };
}
