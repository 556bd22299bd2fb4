import { ambient } from "../ambient";
import { CloudError } from "../errors";
import type { Place } from "../flow/contract";
import type { Random } from "../random";
import { ChangeLog } from "../store/journal";
import type { CallSite } from "./call";
import { NO_CONCERNS, type Concerns } from "./concerns";
import type { AnyDriver, AnyEngine, OperationTable } from "./operations";
import { Pipeline } from "./pipeline";
import type { Reason } from "./refusal";
import { Turnstile } from "./turnstile";

/** What stands behind a driver that a provider made. */
export interface DriverBinding {
  readonly pipeline: Pipeline;
  /** The provider's defaults for its portable objects. */
  readonly defaults: Concerns;
  /** The stream of chance that this service's latencies are drawn from. */
  readonly latencyRandom: Random;
  /** Where in a flow the calls made through it stand; none for a program's own. */
  readonly place?: Place;
}

/** Kept beside the drivers and not on them: a program must not find it, and a driver of its own need not have it. */
const bindings = new WeakMap<object, DriverBinding>();

/** The part of a service definition that its portable class and its driver are generated from. */
export interface CallableService {
  readonly service: string;
  readonly field: string;
  readonly operations: OperationTable<Record<string, unknown>>;
  readonly reasons: Readonly<Record<string, Reason>>;
}

type Method = (this: object, ...args: unknown[]) => Promise<unknown>;

/** An object with one method an operation, on `prototype` or itself, each of which calls `invoke`. */
function generateMethods<T extends object>(
  target: T,
  operations: CallableService["operations"],
  methodFor: (operation: string) => Method,
): T {
  for (const operation of Object.keys(operations)) {
    const method = methodFor(operation);
    Object.defineProperty(method, "name", { value: operation });
    Object.defineProperty(target, operation, { value: method, enumerable: true });
  }
  return target;
}

/** The driver of a service on a provider: calls pass chaos, metrics and recording, but none of the caller's concerns. */
export function makeDriver(service: CallableService, binding: DriverBinding): AnyDriver {
  const { pipeline } = binding;
  const driver = generateMethods(
    {},
    service.operations,
    (operation) =>
      (...args) =>
        pipeline.invoke(operation, args, "driver", NO_CONCERNS),
  );
  bindings.set(driver, binding);
  return Object.freeze(driver);
}

/** Makes drivers like the one of `binding` whose calls stand at a place in a flow. It costs little a driver: a handler's run gets its own. */
export function driversAt(service: CallableService, binding: DriverBinding): (place: Place) => AnyDriver {
  const { pipeline } = binding;
  const methods = generateMethods({}, service.operations, (operation) => {
    return function (this: object, ...args: unknown[]) {
      return pipeline.invoke(operation, args, "driver", NO_CONCERNS, bindings.get(this)?.place);
    };
  });
  return (place) => {
    const driver = Object.create(methods) as AnyDriver;
    bindings.set(driver, { ...binding, place });
    return Object.freeze(driver);
  };
}

/** A driver that somebody else wrote still gets the six concerns, on a clock and under a name of its own. */
function bindForeign(service: CallableService, driver: AnyDriver): DriverBinding {
  const engine: AnyEngine = generateMethods({}, service.operations, (operation) => {
    const method = driver[operation];
    if (typeof method !== "function")
      return () => Promise.reject(new CloudError("Unimplemented", `this driver has no ${operation}`));
    return (_call, ...args) => method.apply(driver, args as never[]);
  });
  const site: CallSite = { provider: "aws", instance: "custom", service: service.service };
  const { clock, observers } = ambient();
  const host = { clock, changeLog: new ChangeLog(), turnstile: new Turnstile(), chaos: undefined, observers };
  const tables = { reasons: service.reasons, nativeReasons: {} };
  const latencyRandom = ambient().random.fork(`latency/${service.service}`);
  return {
    pipeline: new Pipeline(site, service.operations, engine, tables, host),
    defaults: NO_CONCERNS,
    latencyRandom,
  };
}

function bindingOf(service: CallableService, target: object): DriverBinding {
  const known = bindings.get(target);
  if (known && known.pipeline.site.service === service.service) return known;
  const fields = target as Readonly<Record<string, unknown>>;
  const driver = fields[service.field];
  if (typeof driver === "object" && driver !== null) return bindingOf(service, driver);
  if (Object.keys(service.operations).some((operation) => typeof fields[operation] === "function")) {
    return bindForeign(service, target as AnyDriver);
  }
  throw new CloudError(
    "InvalidArgument",
    `expected a ${service.service} driver or a provider, for example cloud.${service.field}`,
  );
}

/** How a portable object reads its options into concerns; the features supply it, the core does not know them. */
export type ConcernsReader<Options> = (options: Options, binding: DriverBinding) => Concerns;

/**
 * The base of a portable class: one method an operation, generated from the operation table, wrapped in the six concerns.
 * A category's class extends it by what is not an operation (iterators).
 */
export function portableClass<D extends object, Options>(
  service: CallableService,
  readConcerns: ConcernsReader<Options>,
): new (target: object, options?: Options) => D {
  const states = new WeakMap<object, { pipeline: Pipeline; concerns: Concerns; place: Place | undefined }>();
  class Portable {
    constructor(target: object, options?: Options) {
      if (typeof target !== "object" || target === null)
        throw new CloudError("InvalidArgument", `new ${new.target.name}(driver): driver is missing`);
      const binding = bindingOf(service, target);
      states.set(this, {
        pipeline: binding.pipeline,
        concerns: options ? readConcerns(options, binding) : binding.defaults,
        place: binding.place,
      });
    }
  }
  generateMethods(Portable.prototype, service.operations, (operation) => {
    return function (this: object, ...args: unknown[]) {
      const state = states.get(this);
      if (!state)
        return Promise.reject(new CloudError("InvalidArgument", `${operation} was called without its object`));
      return state.pipeline.invoke(operation, args, "portable", state.concerns, state.place);
    };
  });
  return Portable as unknown as new (target: object, options?: Options) => D;
}
