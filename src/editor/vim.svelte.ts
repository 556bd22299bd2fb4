import { readPreference, writePreference } from "../app/preferences";

/** Whether Monaco takes Vim's keys; kept on this device. */
class VimChoice {
  on = $state(readPreference("vim") === "on");

  toggle(): void {
    this.on = !this.on;
    writePreference("vim", this.on ? "on" : undefined);
  }
}

export const vim = new VimChoice();
