const parse = Date.parse;

/** The standard's own form without a time: UTC in every engine. */
const ISO_DATE = /^(\d{4}|[+-]\d{6})(-\d\d(-\d\d)?)?$/;
/** With a time but without a zone: local time in every engine; some also take a space for the T. */
const ISO_LOCAL = /^((\d{4}|[+-]\d{6})-\d\d(-\d\d)?)[T ](\d\d:\d\d(:\d\d([.,]\d+)?)?)$/;
/** Whether a free form names its zone: `GMT`, `Z`, `EST`, `+02:00`, `(UTC)`. */
const ZONE = /(\b(GMT|UTC?|[ECMP][SD]T)\b|\dZ|:\d\d(\.\d+)?\s*[+-]\d{1,2}(:?\d\d)?)/i;

/** `Date.parse` with UTC for the local time zone, whatever zone the machine is in. */
export function parseInUtc(text: string): number {
  const trimmed = text.trim();
  if (ISO_DATE.test(trimmed)) return parse(trimmed);
  if (ISO_LOCAL.test(trimmed)) return parse(trimmed.replace(ISO_LOCAL, "$1T$4Z"));
  return parse(ZONE.test(trimmed) ? trimmed : `${trimmed} UTC`);
}
