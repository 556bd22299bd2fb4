import type { EngineOf } from "../../core/service/operations";
import type { ServerlessDriver } from "./driver";
import { args } from "./input";
import { readReference } from "./names";
import type { Parts } from "./parts";
import { refuse } from "./reasons";

type ConcurrencyOperation =
  | "putFunctionConcurrency"
  | "getFunctionConcurrency"
  | "deleteFunctionConcurrency"
  | "setConcurrencyLimit"
  | "listRunning";

/** How many invocations may run at once. */
export function concurrencyOperations({
  state,
  concurrency,
}: Parts): Pick<EngineOf<ServerlessDriver>, ConcurrencyOperation> {
  const { dialect } = state;

  function whole(value: unknown): string {
    const { name, qualifier } = readReference(state, value);
    if (qualifier !== undefined && dialect.reservesWholeFunctions)
      args.complain("functionName", "a function as a whole, without a qualifier");
    return name;
  }

  return {
    putFunctionConcurrency(_call, functionName, reserved, options) {
      const name = whole(functionName);
      const figure = args.integer("reserved", reserved, 0);
      args.options(options);
      state.function(name);
      const others = state.reserved - (concurrency.reserved(name) ?? 0);
      const most = state.concurrencyLimit - dialect.minUnreserved - others;
      if (figure > most)
        args.complain("reserved", `at most ${Math.max(0, most)}, so that ${dialect.minUnreserved} stay unreserved`);
      concurrency.reserve(name, figure);
    },

    getFunctionConcurrency(_call, functionName, options) {
      const name = whole(functionName);
      args.options(options);
      state.function(name);
      const reserved = concurrency.reserved(name);
      if (reserved === undefined) return refuse("noConcurrency", { name, resource: name });
      return { functionName: name, reservedConcurrentExecutions: reserved };
    },

    deleteFunctionConcurrency(_call, functionName, options) {
      const name = whole(functionName);
      args.options(options);
      state.function(name);
      concurrency.reserve(name, undefined);
    },

    setConcurrencyLimit(_call, limit, options) {
      const figure = args.integer("limit", limit, Math.max(1, state.reserved));
      args.options(options);
      state.limitConcurrency(figure);
      concurrency.tell();
    },

    listRunning(_call, options) {
      args.options(options);
      return concurrency.list().map(({ name: functionName, version, requestId, since }) => ({
        ...{ functionName, version, requestId },
        since: new Date(since),
      }));
    },
  };
}
