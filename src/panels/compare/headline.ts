import { count, plural } from "../../ui/format";
import type { Findings } from "./comparison";

/** Portable or not, in one line. */
export function headlineOf(findings: Findings): { readonly title: string; readonly note?: string } {
  const { differing, count: rows, checks, console, sameEnd, whole, portable } = findings;
  if (portable) return { title: "Portable: the same on all three" };
  const failing = checks.filter((it) => !it.same).length;
  const sameWay = sameEnd && failing === 0 && console.differing.length === 0;
  const cut = whole ? undefined : "A run was cut off, so this compares what was recorded until then.";
  if (differing.length > 0) {
    const title = `${count(differing.length)} of ${count(rows)} ${rows === 1 ? "call" : "calls"} ${differing.length === 1 ? "differs" : "differ"}`;
    const note =
      cut ?? (sameWay ? "Even so the program ended the same, with the same checks and the same console." : undefined);
    return { title, ...(note !== undefined && { note }) };
  }
  const note = cut ?? "Every call is the same; what the program made of them is not.";
  if (!sameEnd) return { title: "It does not end the same", note };
  if (failing > 0) return { title: `${plural(failing, "check")} ${failing === 1 ? "differs" : "differ"}`, note };
  if (console.differing.length > 0)
    return {
      title: `${plural(console.differing.length, "line")} of the console ${console.differing.length === 1 ? "differs" : "differ"}`,
      note,
    };
  return { title: "The same as far as it was run", ...(cut !== undefined && { note: cut }) };
}
