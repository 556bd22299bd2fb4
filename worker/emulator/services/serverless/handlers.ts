import { sha256Base64 } from "../../core/hash";
import { LATEST } from "./state";
import type { Handler } from "./types";

const NO_CODE = "";

/**
 * The program's own functions by the names they are registered under. They are wiring of the run and no state: a snapshot does not hold them, and a restored
 * function is without a handler until the program registers one.
 */
export class Handlers {
  private readonly latest = new Map<string, Handler>();
  private readonly published = new Map<string, Map<string, Handler>>();
  /** A text is hashed once: functions of one source text share its hash. */
  private readonly hashes = new Map<string, string>();
  private readonly known = new WeakMap<Handler, string>();

  register(name: string, handler: Handler | null): void {
    if (handler === null) this.latest.delete(name);
    else this.latest.set(name, handler);
  }

  /** The version keeps the handler that is registered now. */
  publish(name: string, version: string): void {
    const handler = this.latest.get(name);
    if (!handler) return;
    let versions = this.published.get(name);
    if (!versions) this.published.set(name, (versions = new Map<string, Handler>()));
    versions.set(version, handler);
  }

  forgetVersion(name: string, version: string): void {
    this.published.get(name)?.delete(version);
  }

  forgetVersions(name: string): void {
    this.published.delete(name);
  }

  /** What runs for a version; one that lost its handler with a snapshot takes the registered one, if that is the very code it was published with. */
  of(name: string, version: string, codeSha256?: string): Handler | undefined {
    const latest = this.latest.get(name);
    if (version === LATEST) return latest;
    const own = this.published.get(name)?.get(version);
    return own ?? (latest && this.hashOf(latest) === codeSha256 ? latest : undefined);
  }

  /** Base64 SHA-256 of the source text of what is registered under a name. */
  codeSha256(name: string): string {
    const handler = this.latest.get(name);
    return handler ? this.hashOf(handler) : this.hashOfText(NO_CODE);
  }

  private hashOf(handler: Handler): string {
    let hash = this.known.get(handler);
    if (hash === undefined) {
      hash = this.hashOfText(Function.prototype.toString.call(handler));
      this.known.set(handler, hash);
    }
    return hash;
  }

  private hashOfText(text: string): string {
    let hash = this.hashes.get(text);
    if (hash === undefined) this.hashes.set(text, (hash = sha256Base64(text)));
    return hash;
  }
}
