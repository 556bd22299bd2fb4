import type { Clock } from "../../../emulator/core/clock/clock";

/** The moment of an event is when the program first asks for it, on the run's clock: events here are heard the moment they are made. */
export function installEvents(clock: Clock): void {
  const origin = clock.nowMs();
  const times = new WeakMap<object, number>();
  Object.defineProperty(Event.prototype, "timeStamp", {
    configurable: true,
    enumerable: true,
    get(this: object) {
      const time = times.get(this) ?? clock.nowMs() - origin;
      times.set(this, time);
      return time;
    },
  });
}
