import type { CloudName } from "../../../worker/emulator/core/error-codes";
import type { DialectFact, ServiceExplanation } from "../../../worker/emulator/core/service/notes";
import type { Difference, RowCalls } from "./differences";

/** One field of the dialects that makes clouds differ, in the words of its explanations. */
export interface Explanation {
  readonly field: string;
  readonly about: string;
  /** By lane. */
  readonly lanes: readonly Fact[];
}

export interface Fact {
  readonly native: string;
  readonly value: string;
  readonly documentation: string;
}

/** Looks up why clouds differ. It knows no service and no cloud: all it says stands in their explanations. */
export class Explainer {
  readonly #services = new Map<string, ServiceExplanation>();

  constructor(
    explanations: readonly ServiceExplanation[],
    private readonly clouds: readonly CloudName[],
  ) {
    for (const service of explanations) this.#services.set(`${service.provider} ${service.service}`, service);
  }

  /** Fields that decide whether a cloud has this reason to refuse. */
  readonly reasonFields =
    (service: string) =>
    (reason: string, cloud: CloudName): readonly string[] => {
      const reasons = this.#services.get(`${cloud} ${service}`)?.reasons ?? {};
      return Object.hasOwn(reasons, reason) ? (reasons[reason] ?? []) : [];
    };

  /** What decides a difference: fields that show in this operation, and are not the same on all clouds. */
  explain({ fields }: Pick<Difference, "fields">, calls: RowCalls): Explanation[] {
    const first = calls.find((it) => it !== undefined);
    if (first === undefined) return [];
    const services = this.clouds.map((cloud, lane) =>
      this.#services.get(`${calls[lane]?.provider ?? cloud} ${first.service}`),
    );
    return fields.flatMap((field) => {
      const facts = services.map((it) => it?.dialect.find((fact) => fact.field === field));
      const known = facts.find((it) => it !== undefined);
      if (known === undefined || known.operations?.includes(first.operation) === false) return [];
      if (facts.every((fact) => fact?.value === known.value)) return [];
      return [{ field, about: known.about, lanes: facts.map((fact, lane) => factOf(fact, services[lane])) }];
    });
  }
}

const factOf = (fact: DialectFact | undefined, service: ServiceExplanation | undefined): Fact => ({
  native: service?.native ?? "",
  value: fact?.value ?? "",
  documentation: fact?.documentation ?? "",
});
