import { malformed } from "../../core/pattern/pattern-error";
import { Arguments, type Fields } from "../../core/service/arguments";
import type { NativeFilter } from "../../services/eventbus/native-filters";
import { pathPatternTest } from "../../services/eventbus/path-pattern";
import type { EventRecord } from "../../services/eventbus/event-record";

const MAX_FILTERS = 20;
const MAX_VALUE_CHARS = 256;
const ATTRIBUTES = ["type", "source", "subject", "id", "datacontenttype"];

const shape = new Arguments((argument, rule) => malformed(`.${argument}`, rule));

interface Filter {
  readonly attribute: string;
  readonly test: (value: string) => boolean;
}

function readFilter(value: unknown, at: string): Filter {
  const fields = shape.object(at, value);
  const attribute = shape.oneOf(`${at}.attribute`, fields["attribute"], ATTRIBUTES);
  const wanted = shape.text(`${at}.value`, fields["value"], MAX_VALUE_CHARS);
  if (fields["operator"] === undefined) return { attribute, test: (given) => given === wanted };
  shape.oneOf(`${at}.operator`, fields["operator"], ["match-path-pattern"]);
  if (attribute === "type") shape.complain(`${at}.operator`, "left out where the attribute is type");
  return { attribute, test: pathPatternTest(wanted) };
}

/** The attributes of an event's CloudEvent; one that it lacks equals nothing. */
function attributeOf({ id, source, detailType, resources }: EventRecord, attribute: string): string | undefined {
  const values: Readonly<Record<string, string | undefined>> = {
    ...{ id, source, type: detailType, subject: resources[0], datacontenttype: "application/json" },
  };
  return values[attribute];
}

/** `{ eventFilters: [{ attribute, value, operator? }] }`, each of which must hold; one is about the type. */
export function eventarcFilter(fields: Fields): NativeFilter | undefined {
  if (!("eventFilters" in fields)) return undefined;
  for (const name of Object.keys(fields))
    if (name !== "eventFilters") malformed("", "a filter of eventFilters alone, or a pattern");
  const filters = shape.list("eventFilters", fields["eventFilters"], readFilter);
  if (filters.length > MAX_FILTERS) shape.complain("eventFilters", `at most ${MAX_FILTERS}`);
  if (!filters.some(({ attribute }) => attribute === "type"))
    shape.complain("eventFilters", "with one whose attribute is type");
  return {
    matches: (event) =>
      filters.every(({ attribute, test }) => {
        const value = attributeOf(event, attribute);
        return value !== undefined && test(value);
      }),
  };
}
