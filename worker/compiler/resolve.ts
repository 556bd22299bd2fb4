import { findModule } from "../specifiers";
import { refuse, type Position } from "./problem";

/** The module that a specifier means; one that means none is refused. */
export function resolve(
  from: string,
  specifier: string,
  exists: (name: string) => boolean,
  position: Position,
): string {
  const found = findModule(from, specifier, exists);
  return "module" in found ? found.module : refuse(from, found.why, position);
}
