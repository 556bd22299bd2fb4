/** Everything that runs in the sandbox, as text. A chunk of its own: the page is readable before it arrives. */
import programCode from "../../worker/sandbox/program/entry?iife";
import { frameCode, type SandboxCode } from "./frame-code";

export const sandboxCode: SandboxCode = { ...frameCode, programCode };
