/** As `sandbox-code`, but with the services of the first example alone. */
import programCode from "../../worker/sandbox/program/entry?iife=first";
import { frameCode, type SandboxCode } from "./frame-code";

export const firstCode: SandboxCode = { ...frameCode, programCode };
