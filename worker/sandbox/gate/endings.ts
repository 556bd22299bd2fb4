import type { ProgramError, RunLimits } from "../../protocol";

const seconds = (ms: number): string => `${(ms / 1000).toLocaleString("en-US", { maximumFractionDigits: 1 })} s`;
const howToRaise = (name: keyof RunLimits): string =>
  `Raise "${name}" in Settings (or the link's limits) if the program really needs more.`;

export const stopped = "Stopped. What was recorded until then is kept; the cloud is as it was before the run.";

export const hung = (silentMs: number): string =>
  `The program ran for ${seconds(silentMs)} without a pause and was stopped: is there a loop that never ends? Time stands still while code ` +
  `runs, so a loop that waits for something has to await inside, for example: await new Promise((done) => setTimeout(done, 100)).`;

export const wallLimit = (ms: number): string =>
  `The run took ${seconds(ms)} of real time, its limit, and was stopped. ${howToRaise("wallMs")}`;

export const byteLimit = (bytes: number): string =>
  `The program sent more than ${(bytes / 1_048_576).toLocaleString("en-US", { maximumFractionDigits: 1 })} MB of records, ` +
  `far past its limit, and was stopped. ${howToRaise("recordedBytes")}`;

export const violation =
  "The program interfered with the emulator that runs beside it (it sent what no run sends) and was stopped. Programs that change built-in " +
  "objects can cause this.";

export const notBooted = (ms: number): string =>
  `The program's worker did not start within ${seconds(ms)}. Run it again; if it stays so, reload the page.`;

export const crashed = (what: string): string =>
  `The program's worker failed${what === "" ? "" : `: ${clip(what)}`}. If the program uses much memory, let it use less; then run it again.`;

export const clip = (text: string, max = 10_000): string =>
  text.length <= max ? text : `${text.slice(0, max)} ... (shortened)`;

/** An error that a person can still read, whatever was thrown: `throw new Error("x".repeat(1e8))` must not reach the page in full. */
export const clipError = ({ frames, ...error }: ProgramError): ProgramError => ({
  name: clip(error.name, 200),
  message: clip(error.message),
  ...(error.code === undefined ? {} : { code: clip(error.code, 200) }),
  ...(error.nativeCode === undefined ? {} : { nativeCode: clip(error.nativeCode, 200) }),
  frames: frames.slice(0, 50).map((frame) => ({
    ...frame,
    file: clip(frame.file, 1_000),
    ...(frame.function === undefined ? {} : { function: clip(frame.function, 1_000) }),
  })),
});
