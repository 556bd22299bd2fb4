/** Most that is kept of what one invocation logs; the end of it. */
const TAIL = 4096;

/** A value as a line of a log shows it: texts as they are, errors by name and message, all else as JSON. */
function shown(part: unknown): string {
  if (typeof part === "string") return part;
  try {
    if (part instanceof Error) return `${part.name}: ${part.message}`;
    return JSON.stringify(part) ?? String(part);
  } catch {
    return String(part);
  }
}

/** What one invocation writes to its function's log. */
export class InvocationLog {
  private text: string;

  constructor(
    private readonly requestId: string,
    version: string,
  ) {
    this.text = `START RequestId: ${requestId} Version: ${version}\n`;
  }

  line(parts: readonly unknown[]): void {
    this.add(parts.map(shown).join(" "));
  }

  add(line: string): void {
    this.text += `${line}\n`;
    // Not at every line: cutting costs as much as what is kept.
    if (this.text.length > 4 * TAIL) this.text = this.text.slice(-TAIL);
  }

  /** The whole, or the end of it. */
  end(durationMs: number, billedMs: number, memoryMb: number): string {
    const { requestId } = this;
    this.text +=
      `END RequestId: ${requestId}\n` +
      `REPORT RequestId: ${requestId} Duration: ${durationMs} ms Billed Duration: ${billedMs} ms Memory Size: ${memoryMb} MB\n`;
    return this.text.length > TAIL ? this.text.slice(-TAIL) : this.text;
  }
}
