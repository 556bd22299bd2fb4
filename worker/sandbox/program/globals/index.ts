import type { Run } from "../../../emulator/run";
import { makeConsole } from "../console/console";
import type { RealWork } from "../real-work";
import { raiseWall } from "../wall";
import { installBlob } from "./blob";
import { installChance } from "./chance";
import { installCrypto } from "./crypto";
import { installDate } from "./date";
import { define } from "./define";
import { installEvents } from "./events";
import { installIntl } from "./intl";
import { makePerformance } from "./performance";
import type { Present } from "./present";
import { installTimers } from "./timers";
import { installWeak } from "./weak";

/** What the program's globals are bound to. */
export interface Realm {
  readonly run: Run;
  readonly work: RealWork;
  /** Whether the run has ended, while its program may still be running. */
  readonly isOver: () => boolean;
}

/**
 * Replaces those parts of the language that tell time, place or chance. Apart from the rest, and before any code has become warm: V8 throws away what it has
 * compiled for a `Math` or a `String.prototype` that changes.
 */
export function installLanguage({ clock, chance }: Present): void {
  installDate(clock);
  installIntl(clock);
  installChance(chance);
  installWeak();
}

/**
 * Makes this realm, whose language has been replaced, the program's: its globals follow the run, and what would reach out of the realm or take real time is
 * gone. For good: a realm serves one run.
 */
export function installGlobals(realm: Realm): void {
  const { run } = realm;
  installTimers(realm);
  installCrypto(run.random.fork("crypto"));
  installEvents(run.clock);
  installBlob(realm.work);
  define(globalThis, "performance", makePerformance(run.clock));
  define(globalThis, "console", makeConsole(realm));
  raiseWall();
}
