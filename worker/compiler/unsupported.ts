import { TokenType as tt } from "sucrase/dist/parser/tokenizer/types.js";
import { positionAt, refuse } from "./problem";
import type { Tokens } from "./tokens";

type Rule = (tokens: Tokens, index: number) => string | undefined;

const isNamespaceWord = (text: string): boolean => text === "namespace" || text === "module";

/** Sucrase leaves a namespace out, whatever it holds; one that is only declared has nothing to leave out. */
const noNamespace: Rule = (tokens, index) => {
  if (!tokens.at(index)?.isType || !isNamespaceWord(tokens.text(index)) || !tokens.is(index + 1, tt.name))
    return undefined;
  if (!tokens.is(index + 2, tt.braceL) && !tokens.is(index + 2, tt.dot)) return undefined;
  if (tokens.text(index - 1) === "declare") return undefined;
  return `A namespace cannot be compiled here: put what "${tokens.text(index + 1)}" holds into a file of its own and import that.`;
};

const noRequire: Rule = (tokens, index) => {
  const isRequire =
    tokens.is(index, tt._import, tt.name, tt.eq) &&
    tokens.text(index + 3) === "require" &&
    tokens.is(index + 4, tt.parenL);
  return isRequire ? `"import x = require(...)" is for CommonJS: write import * as x from "...".` : undefined;
};

const noExportAssignment: Rule = (tokens, index) =>
  tokens.is(index, tt._export, tt.eq)
    ? `"export =" is for CommonJS: write export default, or export { ... }.`
    : undefined;

const noDecorator: Rule = (tokens, index) =>
  tokens.is(index, tt.at)
    ? "Decorators cannot be compiled here: call a function around the class or value instead."
    : undefined;

/** TypeScript computes these texts while compiling; Sucrase takes the member for a number and adds a wrong reverse entry. */
const noComputedEnumText: Rule = (tokens, index) => {
  if (!tokens.is(index, tt._enum) || tokens.at(index)?.isType || !tokens.is(index + 2, tt.braceL)) return undefined;
  const end = tokens.closing(index + 2);
  for (let at = index + 3; at < end; at++) {
    const joinsText = tokens.is(at, tt.string, tt.plus) || tokens.is(at, tt.plus, tt.string);
    if (joinsText || tokens.is(at, tt.backQuote))
      return "The text of an enum's member has to be one plain string, not an expression.";
  }
  return undefined;
};

const RULES: readonly Rule[] = [noNamespace, noRequire, noExportAssignment, noDecorator, noComputedEnumText];

/** Refuses what Sucrase would silently leave out or get wrong. */
export function refuseUnsupported(file: string, tokens: Tokens): void {
  for (let index = 0; index < tokens.count; index++) {
    for (const rule of RULES) {
      const why = rule(tokens, index);
      if (why !== undefined) refuse(file, why, positionAt(tokens.source, tokens.at(index)?.start ?? 0));
    }
  }
}
