import { Parser } from "./parser";
import type { Problems } from "./problems";
import { bare, SECTIONS, type ChangeNode, type Node, type SectionName, type SectionNode } from "./syntax";

const KEYWORDS: ReadonlySet<string> = new Set(SECTIONS);

class UpdateParser extends Parser {
  constructor(text: string, problems: Problems) {
    super(text, problems, KEYWORDS);
  }

  whole(): SectionNode[] {
    const sections: SectionNode[] = [];
    while (this.token.kind !== "end") sections.push(this.#section());
    return sections;
  }

  #section(): SectionNode {
    const section = this.keyword() as SectionName | undefined;
    if (section === undefined) return this.unexpected();
    this.take();
    return { section, changes: this.listOf(() => this.#change(section)) };
  }

  #change(section: SectionName): ChangeNode {
    const path = this.path();
    if (section === "REMOVE") return { section, path };
    if (section === "SET") {
      this.expectSign("=");
      return { section, path, value: this.#value() };
    }
    if (this.token.kind !== "placeholder") this.unexpected();
    return { section, path, value: { kind: "placeholder", name: this.take().text } };
  }

  readonly #value = (): Node => {
    const left = this.isSign("(") ? this.group(this.#value) : this.#simple();
    const sign = this.isSign("+") ? "plus" : this.isSign("-") ? "minus" : undefined;
    const inner = bare(left).kind;
    if (sign === undefined || inner === "plus" || inner === "minus") return left;
    this.take();
    return { kind: sign, left, right: this.#operand() };
  };

  readonly #operand = (): Node => (this.isSign("(") ? this.group(this.#operand) : this.#simple());

  #simple(): Node {
    if (this.token.kind === "placeholder") return { kind: "placeholder", name: this.take().text };
    if (this.isCall && this.keyword() === undefined) return this.call(this.#operand);
    return this.path();
  }
}

/** Reads an update expression; refuses what is none. */
export function parseUpdate(text: string, problems: Problems): SectionNode[] {
  return new UpdateParser(text, problems).whole();
}
