import type { AttemptIndex } from "../../../worker/emulator/features/recording/attempts";
import type { TimelineModel } from "./model";
import type { Palette } from "../../ui/palette";
import type { Spans } from "./spans";
import type { Window } from "./window";

/** What is seen of a run, and how. */
export interface Scene {
  readonly model: TimelineModel;
  readonly spans: Spans;
  /** Whether the axis is the calls' sequence instead of time. */
  readonly bySequence: boolean;
  readonly window: Window;
  /** One row a call, or tracks by operation. */
  readonly rows: "calls" | "operations";
  readonly attempts: AttemptIndex;
  readonly palette: Palette;
  readonly width: number;
  readonly height: number;
  /** Of the rows, in pixels. */
  readonly scrollTop: number;
  readonly selected: number | undefined;
  readonly hovered: number | undefined;
  /** Where on the axis panels look at the run. */
  readonly moment: number | undefined;
}

/** Room at both sides, so that what begins or ends with the run is seen whole. */
export const MARGIN = 10;

export const xOf = ({ window, width }: Pick<Scene, "window" | "width">, point: number): number =>
  MARGIN + ((point - window.from) / (window.to - window.from)) * (width - 2 * MARGIN);

export const pointAt = ({ window, width }: Pick<Scene, "window" | "width">, x: number): number =>
  window.from + ((x - MARGIN) / (width - 2 * MARGIN)) * (window.to - window.from);

/** What the name of a call's bar says. */
export function labelOf({ columns }: TimelineModel, place: number): string {
  return signatureLabel(columns, columns.signatures[place] as number);
}

export function signatureLabel({ recording }: TimelineModel["columns"], signature: number): string {
  const { signatures } = recording.names;
  const { instance, service, operation } = signatures[signature] ?? { instance: "", service: "", operation: "" };
  const several = signatures.some((it) => it.instance !== signatures[0]?.instance);
  return several ? `${instance} ${service}.${operation}` : `${service}.${operation}`;
}
