export {
  applyUpdate,
  checkLeftovers,
  compileCondition,
  compileKeyCondition,
  compileProjection,
  compileUpdate,
  holds,
  project,
  type CompiledCondition,
  type CompiledProjection,
  type CompiledUpdate,
  type Leftovers,
} from "./compile";
export { MAX_IN_OPERANDS, MAX_OPERATORS } from "./ast";
export { printCondition, printUpdate } from "./print";
export { RESERVED_WORDS } from "./reserved-words";
