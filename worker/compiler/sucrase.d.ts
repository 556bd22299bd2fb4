/*
 * Sucrase's CommonJS build, the one that Node, Vite and Rolldown all load as it stands, and its parser, which the package does not announce. Both
 * come from that build, so that a bundle holds them once. The version is pinned exactly.
 */

declare module "sucrase/dist/index.js" {
  export { transform } from "sucrase";
}

declare module "sucrase/dist/parser/index.js" {
  export { parse } from "sucrase/dist/types/parser/index";
}

declare module "sucrase/dist/parser/tokenizer/types.js" {
  export { TokenType } from "sucrase/dist/types/parser/tokenizer/types";
}
