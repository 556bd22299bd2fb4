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
import { installTimers } from "./timers";
import { installWeak } from "./weak";

/** What the replaced globals are bound to. */
export interface Realm {
  readonly run: Run;
  readonly work: RealWork;
  /** Whether the run has ended, while its program may still be running. */
  readonly isOver: () => boolean;
}

/**
 * Makes this realm the program's: everything that tells time, place or chance follows the run, what would reach out of the realm or take real time is
 * gone. For good: a realm serves one run.
 */
export function installGlobals(realm: Realm): void {
  const { run } = realm;
  installDate(run.clock);
  installIntl(run.clock);
  installTimers(realm);
  installChance(run.random.fork("Math.random"));
  installCrypto(run.random.fork("crypto"));
  installEvents(run.clock);
  installBlob(realm.work);
  installWeak();
  define(globalThis, "performance", makePerformance(run.clock));
  define(globalThis, "console", makeConsole(realm));
  raiseWall();
}
