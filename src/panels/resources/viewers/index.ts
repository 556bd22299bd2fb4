import type { Component } from "svelte";
import type { ResourceViewer } from "../../../../worker/emulator/core/service/resources";
import type { Run } from "../../../run/run.svelte";
import type { ResourceNode } from "../tree";

export interface ViewerProps {
  readonly run: Run;
  readonly node: ResourceNode;
  readonly viewer: ResourceViewer;
  /** What is stored of the resource itself. */
  readonly value: unknown;
  /** The cloud's clock at the moment that is shown, milliseconds since 1970. */
  readonly nowMs: number;
}

/** Loaded when something of their kind is first looked at. */
export const VIEWERS: Readonly<Record<ResourceViewer["as"], () => Promise<{ default: Component<ViewerProps> }>>> = {
  messages: () => import("./Messages.svelte"),
  items: () => import("./Items.svelte"),
  invocations: () => import("./Invocations.svelte"),
};
