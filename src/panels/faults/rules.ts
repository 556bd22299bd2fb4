import { type FaultKind, type FaultRule, WHOLE_RUN_MS } from "../../../worker/emulator/run/faults";

/** A rule on the panel; one that is off is not part of the settings. */
export interface Entry {
  readonly rule: FaultRule;
  readonly on: boolean;
}

/** A rule that is off, and where it stands among all. */
export interface OffRule {
  readonly rule: FaultRule;
  readonly index: number;
}

/** The whole list, from the settings and what is off. */
export function entriesOf(faults: readonly FaultRule[], off: readonly OffRule[]): Entry[] {
  const entries = faults.map((rule): Entry => ({ rule, on: true }));
  for (const { rule, index } of [...off].sort((a, b) => a.index - b.index)) {
    // A link or an undone change may have brought it back.
    if (!entries.some((it) => it.rule.id === rule.id)) entries.splice(index, 0, { rule, on: false });
  }
  return entries;
}

export const faultsOf = (entries: readonly Entry[]): FaultRule[] => entries.filter((it) => it.on).map((it) => it.rule);

export const offOf = (entries: readonly Entry[]): OffRule[] =>
  entries.flatMap(({ rule, on }, index) => (on ? [] : [{ rule, index }]));

/** `errors-1`, `errors-2`, ...: the first that is free. Chance hangs on it, so it never changes. */
export function freeId(kind: FaultKind, entries: readonly Entry[]): string {
  for (let n = 1; ; n++) {
    const id = `${kind}-${n}`;
    if (!entries.some((it) => it.rule.id === id)) return id;
  }
}

/** What a new fault of a kind starts as: strong enough to be noticed. */
export const NEW_FAULTS: Readonly<Record<FaultKind, Omit<FaultRule, "id">>> = {
  latency: whole("latency", 200),
  errors: whole("errors", 0.1),
  throttle: whole("throttle", 10),
  outage: { ...whole("outage", 0), forMs: 5000 },
};

function whole(kind: FaultKind, amount: number): Omit<FaultRule, "id"> {
  return { kind, service: "*", operation: "*", fromMs: 0, forMs: WHOLE_RUN_MS, amount };
}

export const isWholeRun = ({ fromMs, forMs }: FaultRule): boolean => fromMs === 0 && forMs === WHOLE_RUN_MS;

export const sameRule = (a: FaultRule | undefined, b: FaultRule | undefined): boolean =>
  JSON.stringify(a) === JSON.stringify(b);
