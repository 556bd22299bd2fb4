import type { RecordPage } from "../../emulator/features/recording/record-page";

/** Pages on their way to the gate, which takes them against credits only. */
export class Outbox {
  private readonly waiting: RecordPage[] = [];
  private credits = 0;
  private onClear: (() => void) | undefined;

  constructor(private readonly send: (page: RecordPage) => void) {}

  add(page: RecordPage): void {
    this.waiting.push(page);
    this.flush();
  }

  addCredits(pages: number): void {
    this.credits += pages;
    this.flush();
  }

  /** Calls `fn` once every page has gone: at once when that is so. */
  whenClear(fn: () => void): void {
    const before = this.onClear;
    this.onClear = () => {
      before?.();
      fn();
    };
    this.flush();
  }

  get isClear(): boolean {
    return this.waiting.length === 0;
  }

  private flush(): void {
    while (this.credits > 0) {
      const page = this.waiting.shift();
      if (!page) break;
      this.credits -= 1;
      this.send(page);
    }
    if (!this.isClear) return;
    const { onClear } = this;
    this.onClear = undefined;
    onClear?.();
  }
}
