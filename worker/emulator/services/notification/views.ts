import type { NotificationDialect } from "./dialect";
import { bodyOf } from "./filter";
import { textsOf } from "./message-input";
import type { StoredMessage } from "./state";
import type { Protocol } from "./types";

/** A message as its subscribers see it, each view made once however many there are. */
export class Views {
  private texts: ReadonlyMap<string, string> | undefined;
  private readonly bodies = new Map<string, unknown>();

  constructor(
    private readonly message: StoredMessage,
    private readonly dialect: NotificationDialect,
  ) {}

  /** What a structured message says to a protocol; any other message says the same to all. */
  text(protocol: Protocol): string {
    const { message, structure } = this.message;
    if (structure === undefined) return message;
    this.texts ??= textsOf(message);
    return this.texts?.get(this.dialect.protocolNames[protocol]) ?? this.texts?.get("default") ?? message;
  }

  /** A text as JSON. */
  body(text: string): unknown {
    if (!this.bodies.has(text)) this.bodies.set(text, bodyOf(text));
    return this.bodies.get(text);
  }
}
