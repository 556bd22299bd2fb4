import { afterAll, vi } from "vitest";
import { setAmbient } from "../worker/emulator/core/ambient";

// Files share a process, since each takes longer to load than to run: what one has put in place of something is gone before the next begins.
afterAll(() => {
  setAmbient(undefined);
  vi.unstubAllGlobals();
  vi.useRealTimers();
});
