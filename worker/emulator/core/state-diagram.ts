/** What is odd about a table of transitions; both lists are empty when nothing is. */
export interface MachineProblems<S extends string> {
  /** States that no resource can ever be in. */
  readonly unreachable: S[];
  /** States with no way out that are not declared terminal. */
  readonly deadEnds: S[];
}

type Targets<S extends string> = ReadonlyMap<S, readonly S[]>;

export function checkTable<S extends string>(
  targets: Targets<S>,
  initial: S | undefined,
  terminal: readonly S[],
): MachineProblems<S> {
  const states = [...targets.keys()];
  const reached = reachableFrom(targets, initial === undefined ? sources(targets) : [initial]);
  return {
    unreachable: states.filter((state) => !reached.has(state)),
    deadEnds: states.filter((state) => targets.get(state)?.every((to) => to === state) && !terminal.includes(state)),
  };
}

/** States that no other state leads to. */
function sources<S extends string>(targets: Targets<S>): S[] {
  const led = new Set([...targets].flatMap(([from, tos]) => tos.filter((to) => to !== from)));
  return [...targets.keys()].filter((state) => !led.has(state));
}

function reachableFrom<S extends string>(targets: Targets<S>, starts: readonly S[]): Set<S> {
  const reached = new Set(starts);
  // A set goes on with what is added while it is walked.
  for (const state of reached) for (const to of targets.get(state) ?? []) reached.add(to);
  return reached;
}

interface Arrow<S extends string> {
  readonly from: S;
  readonly to: S;
  readonly event?: string;
}

/** A Mermaid state diagram. Names that Mermaid would not take as they are get a short name and keep their own as the label. */
export function mermaidOf<S extends string>(
  arrows: readonly Arrow<S>[],
  initial: S | undefined,
  terminal: readonly S[],
): string {
  const states = [...new Set(arrows.flatMap(({ from, to }) => [from, to]))];
  const isPlain = (state: S): boolean => /^[A-Za-z]\w*$/.test(state) && !RESERVED.has(state.toLowerCase());
  const names = new Map(states.map((state, i) => [state, isPlain(state) ? state : `state${i + 1}`]));
  const lines = ["stateDiagram-v2"];
  for (const [state, name] of names) if (state !== name) lines.push(`  state "${label(state)}" as ${name}`);
  if (initial !== undefined) lines.push(`  [*] --> ${names.get(initial)}`);
  for (const { from, to, event } of arrows) {
    lines.push(`  ${names.get(from)} --> ${names.get(to)}${event === undefined ? "" : `: ${label(event)}`}`);
  }
  for (const state of terminal) lines.push(`  ${names.get(state)} --> [*]`);
  return lines.join("\n") + "\n";
}

/** Words that begin a statement of Mermaid's own. */
const RESERVED = new Set(["state", "note", "end", "direction", "class", "classdef", "style", "fork", "join", "choice"]);

/** Text inside a diagram, with what would end it early written as entities. */
const label = (text: string): string => text.replaceAll(/["#;:\n]/g, (mark) => `#${mark.charCodeAt(0)};`);
