/** Everything that runs in the sandbox, as text. A chunk of its own: the page is readable before it arrives. */
import bootCode, { sha256 as bootHash } from "../../worker/sandbox/frame/boot?iife";
import gateCode from "../../worker/sandbox/gate/main?iife";
import programCode from "../../worker/sandbox/program/entry?iife";

export interface SandboxCode {
  readonly bootCode: string;
  /** Of the boot script, as a Content-Security-Policy names it. */
  readonly bootHash: string;
  readonly gateCode: string;
  readonly programCode: string;
}

export const sandboxCode: SandboxCode = { bootCode, bootHash, gateCode, programCode };
