import { Parser } from "./parser";
import type { Problems } from "./problems";
import type { PathNode } from "./syntax";

const NO_KEYWORDS: ReadonlySet<string> = new Set();

class ProjectionParser extends Parser {
  constructor(text: string, problems: Problems) {
    super(text, problems, NO_KEYWORDS);
  }

  whole(): PathNode[] {
    const paths = this.listOf(() => this.path());
    this.expectEnd();
    return paths;
  }
}

/** Reads a projection expression; refuses what is none. */
export function parseProjection(text: string, problems: Problems): PathNode[] {
  return new ProjectionParser(text, problems).whole();
}
