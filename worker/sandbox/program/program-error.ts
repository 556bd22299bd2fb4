import type { ProgramError } from "../../protocol";
import { inspect } from "./console/inspect";
import { programFrames, type SourceFile } from "./stack";

/** A property that may be missing, of another type, or a getter that throws. */
function textOf(value: object, key: string): string | undefined {
  try {
    const text = (value as Record<string, unknown>)[key];
    return typeof text === "string" ? text : undefined;
  } catch {
    return undefined;
  }
}

/** Whatever a program threw, as plain data; never throws itself. */
export function programError(thrown: unknown, fileAt: (url: string) => SourceFile | undefined): ProgramError {
  if (!(thrown instanceof Error)) return { name: "Thrown value", message: inspect(thrown), frames: [] };
  const code = textOf(thrown, "code");
  const nativeCode = textOf(thrown, "nativeCode");
  return {
    name: textOf(thrown, "name") ?? "Error",
    message: textOf(thrown, "message") ?? "",
    ...(code !== undefined && { code }),
    ...(nativeCode !== undefined && { nativeCode }),
    frames: programFrames(textOf(thrown, "stack") ?? "", fileAt),
  };
}
