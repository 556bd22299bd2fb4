/** What hands do on the chart; positions are pixels from its top left. */
export interface Gestures {
  zoom(factor: number, x: number): void;
  /** By pixels; what is under the finger stays there. */
  pan(dx: number, dy: number): void;
  point(x: number, y: number): void;
  leave(): void;
  press(x: number, y: number): void;
}

/** A press that moves less is a click. */
const STILL = 4;
const WHEEL_STEP = 0.002;
const LINE = 16;

/** Drag to move, wheel or pinch to zoom, shift and wheel (or a wheel that turns sideways) to move. Attach it. */
export function gestures(on: Gestures): (element: HTMLElement) => () => void {
  return (element) => {
    const held = new Map<number, { x: number; y: number }>();
    let travelled = 0;
    const at = (event: MouseEvent): { x: number; y: number } => {
      const box = element.getBoundingClientRect();
      return { x: event.clientX - box.left, y: event.clientY - box.top };
    };

    const down = (event: PointerEvent): void => {
      // Beyond the content there is the scrollbar, which takes care of itself.
      const point = at(event);
      if (event.button !== 0 || point.x > element.clientWidth) return;
      element.setPointerCapture(event.pointerId);
      held.set(event.pointerId, point);
      if (held.size === 1) travelled = 0;
    };
    const move = (event: PointerEvent): void => {
      const before = held.get(event.pointerId);
      const now = at(event);
      if (before === undefined) return on.point(now.x, now.y);
      travelled += Math.hypot(now.x - before.x, now.y - before.y);
      if (travelled < STILL) return;
      const [other] = [...held].filter(([id]) => id !== event.pointerId).map(([, point]) => point);
      held.set(event.pointerId, now);
      on.leave();
      if (other === undefined) return on.pan(now.x - before.x, now.y - before.y);
      const [was, is] = [Math.abs(before.x - other.x), Math.abs(now.x - other.x)];
      if (was > 8 && is > 8) on.zoom(is / was, other.x);
    };
    const up = (event: PointerEvent): void => {
      if (!held.delete(event.pointerId)) return;
      if (event.type === "pointerup" && held.size === 0 && travelled < STILL) {
        const { x, y } = at(event);
        on.press(x, y);
      }
    };
    const wheel = (event: WheelEvent): void => {
      event.preventDefault();
      const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE : 1;
      if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
        on.pan(-(event.deltaX || event.deltaY) * unit, 0);
      } else {
        // Trackpads tell pinches as a wheel with Ctrl, in far smaller steps.
        on.zoom(Math.exp(-event.deltaY * unit * WHEEL_STEP * (event.ctrlKey ? 5 : 1)), at(event).x);
      }
    };
    const leave = (): void => on.leave();

    const listeners = { pointerdown: down, pointermove: move, pointerup: up, pointercancel: up, pointerleave: leave };
    for (const [type, listener] of Object.entries(listeners)) element.addEventListener(type, listener as EventListener);
    element.addEventListener("wheel", wheel, { passive: false });
    return () => {
      for (const [type, listener] of Object.entries(listeners)) {
        element.removeEventListener(type, listener as EventListener);
      }
      element.removeEventListener("wheel", wheel);
    };
  };
}
