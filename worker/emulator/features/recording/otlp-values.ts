/** What every signal of OTLP/JSON is made of. */
export interface OtlpAttribute {
  readonly key: string;
  readonly value: { readonly stringValue: string };
}

export const attributesOf = (values: Readonly<Record<string, string>>): OtlpAttribute[] =>
  Object.entries(values).map(([key, stringValue]) => ({ key, value: { stringValue } }));

/** Decimal text: nanoseconds since 1970 have no exact number. */
export function nanoseconds(startMs: number, durationMs = 0): string {
  const fraction = (ms: number): bigint => BigInt(Math.round((ms - Math.floor(ms)) * 1e6));
  const whole = (ms: number): bigint => BigInt(Math.floor(ms)) * 1_000_000n + fraction(ms);
  return String(whole(startMs) + whole(durationMs));
}
