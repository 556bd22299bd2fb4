import { ascending, tupleKey } from "../../core/store/keys";
import { fingerprint } from "./input";
import { refuse } from "./reasons";
import type { State } from "./state";

export { fingerprint as fingerprintOf };

/** Which transactions were done under which tokens, for a while. */
export class Tokens {
  constructor(private readonly state: State) {}

  /** Whether this very transaction was done; another one under the same token is refused. */
  isDone(token: string, print: string): boolean {
    const known = this.state.tokens.get(token);
    if (known === undefined || this.isOver(known.at)) return false;
    if (known.fingerprint !== print) refuse("tokenReused", { token });
    return true;
  }

  remember(token: string, print: string): void {
    const { tokens, tokenAges } = this.state;
    for (;;) {
      const [age, oldest] = tokenAges.first() ?? [];
      if (age === undefined || oldest === undefined) break;
      const known = tokens.get(oldest);
      if (known && oldest !== token && !this.isOver(known.at)) break;
      tokenAges.delete(age);
      tokens.delete(oldest);
    }
    const at = this.state.nowMs();
    tokens.set(token, { at, fingerprint: print });
    tokenAges.set(tupleKey(ascending(at), token), token);
  }

  private isOver(at: number): boolean {
    return this.state.nowMs() >= at + this.state.dialect.tokenLifeMs;
  }
}
