import { readPreference, writePreference } from "./preferences";

/** Whether programs run as they are typed; kept on this device. */
class LiveChoice {
  on = $state(readPreference("live") === "on");
  /** Why what is shown is not of the program as it is now. */
  note = $state<string>();
  /** Grows when a person turned it on: that asks for a run, a new page does not. */
  asked = $state(0);

  toggle(): void {
    this.on = !this.on;
    this.note = undefined;
    if (this.on) this.asked++;
    writePreference("live", this.on ? "on" : undefined);
  }
}

export const live = new LiveChoice();
