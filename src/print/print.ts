import { flushSync, mount, unmount } from "svelte";
import { runs, workspace } from "../app/app";
import PrintView from "./PrintView.svelte";

let view: ReturnType<typeof mount> | undefined;
let prepared = false;

/** From now on the page prints as a document of the run that is shown, not as it stands on the screen. */
export function preparePrinting(): void {
  if (prepared) return;
  prepared = true;
  addEventListener("beforeprint", show);
  addEventListener("afterprint", hide);
}

/** Prints a document of the run that is shown. */
export function printRun(): void {
  preparePrinting();
  print();
}

function show(): void {
  const run = runs.shown;
  if (view !== undefined || run === undefined) return;
  document.documentElement.dataset.printing = "";
  view = mount(PrintView, { target: document.body, props: { run, title: run.options.title ?? workspace.title } });
  flushSync();
}

function hide(): void {
  delete document.documentElement.dataset.printing;
  if (view !== undefined) void unmount(view);
  view = undefined;
}
