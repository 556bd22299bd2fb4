import bootCode, { sha256 as bootHash } from "../../worker/sandbox/frame/boot?iife";
import gateCode from "../../worker/sandbox/gate/main?iife";

export interface SandboxCode {
  readonly bootCode: string;
  /** Of the boot script, as a Content-Security-Policy names it. */
  readonly bootHash: string;
  readonly gateCode: string;
  readonly programCode: string;
}

/** What a sandbox consists of, but for the emulator. */
export const frameCode: Omit<SandboxCode, "programCode"> = { bootCode, bootHash, gateCode };
