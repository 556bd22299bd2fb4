export interface SplitOptions {
  /** Share of the first part, 0 to 1. */
  readonly value: () => number;
  readonly set: (value: number) => void;
  readonly horizontal?: boolean;
}

const STEP = 0.02;

/** Makes an element with the role `separator` movable, by pointer and by keyboard; the measure is its parent's. */
export function split(options: SplitOptions): (element: HTMLElement) => () => void {
  return (element) => {
    const move = (event: PointerEvent): void => {
      const box = (element.parentElement as HTMLElement).getBoundingClientRect();
      options.set(options.horizontal ? (event.clientY - box.top) / box.height : (event.clientX - box.left) / box.width);
    };
    const release = (event: PointerEvent): void => {
      element.releasePointerCapture(event.pointerId);
      element.removeEventListener("pointermove", move);
    };
    const press = (event: PointerEvent): void => {
      if (event.button !== 0) return;
      event.preventDefault();
      element.focus({ preventScroll: true });
      element.setPointerCapture(event.pointerId);
      element.addEventListener("pointermove", move);
    };
    const key = (event: KeyboardEvent): void => {
      const [less, more] = options.horizontal ? ["ArrowUp", "ArrowDown"] : ["ArrowLeft", "ArrowRight"];
      if (event.key === less) options.set(options.value() - STEP);
      else if (event.key === more) options.set(options.value() + STEP);
      else return;
      event.preventDefault();
    };
    // A separator that can be moved is a widget, and takes the focus.
    element.tabIndex = 0;
    element.addEventListener("pointerdown", press);
    element.addEventListener("pointerup", release);
    element.addEventListener("pointercancel", release);
    element.addEventListener("keydown", key);
    return () => {
      element.removeEventListener("pointerdown", press);
      element.removeEventListener("pointerup", release);
      element.removeEventListener("pointercancel", release);
      element.removeEventListener("keydown", key);
    };
  };
}
