import type { Flow, FlowIndex } from "./flow-index";
import { closedRow, flowRows, type FlowRow, type FlowView } from "./flow-rows";

/** Flows that are drawn with what is in them. */
interface Section {
  /** Its first line among all. */
  readonly first: number;
  readonly rows: readonly FlowRow[];
  /** Numbers of its first flow, and of the one after it. */
  readonly from: number;
  readonly next: number;
}

/** All lines of the drawing. Where most flows are closed, only lines that are asked for are made: there may be a hundred thousand of them. */
export class FlowLines {
  readonly length: number;
  readonly #sections: readonly Section[];
  #numbers: Map<Flow, number> | undefined;

  constructor(
    index: FlowIndex,
    private readonly flows: readonly Flow[],
    view: FlowView,
  ) {
    const sections: Section[] = [];
    let more = 0;
    const add = (from: number, next: number): void => {
      const rows = flowRows(index, flows.slice(from, next), view);
      sections.push({ first: from + more, rows, from, next });
      more += rows.length - (next - from);
    };
    if (view.open) add(0, flows.length);
    else for (const number of this.#toggled(index, view.toggled)) add(number, number + 1);
    this.#sections = sections;
    this.length = flows.length + more;
  }

  at(line: number): FlowRow | undefined {
    if (line < 0 || line >= this.length) return undefined;
    const section = this.#sections.findLast(({ first }) => first <= line);
    if (section === undefined) return this.#closed(line);
    const within = line - section.first;
    return section.rows[within] ?? this.#closed(section.next + within - section.rows.length);
  }

  /** The line of a flow that is wanted; -1 when none is. */
  find(flow: Flow, wanted: (row: FlowRow) => boolean): number {
    const number = this.#numberOf(flow);
    if (number === undefined) return -1;
    const section = this.#sections.findLast(({ from }) => from <= number);
    if (section === undefined) return wanted(closedRow(flow)) ? number : -1;
    if (number >= section.next) {
      return wanted(closedRow(flow)) ? section.first + section.rows.length + number - section.next : -1;
    }
    const within = section.rows.findIndex((row) => row.flow === flow && wanted(row));
    return within < 0 ? -1 : section.first + within;
  }

  #closed(number: number): FlowRow | undefined {
    const flow = this.flows[number];
    return flow && closedRow(flow);
  }

  #toggled(index: FlowIndex, toggled: ReadonlySet<string>): number[] {
    return [...toggled]
      .flatMap((id) => {
        const flow = id.startsWith("f") ? index.flow(Number(id.slice(1))) : undefined;
        return (flow && this.#numberOf(flow)) ?? [];
      })
      .sort((a, b) => a - b);
  }

  #numberOf(flow: Flow): number | undefined {
    this.#numbers ??= new Map(this.flows.map((it, number) => [it, number]));
    return this.#numbers.get(flow);
  }
}
