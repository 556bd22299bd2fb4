import { AXIS, drawAxis, drawConcurrency, drawMarks, drawMoment, STRIP } from "./draw-axis";
import { callAt, drawRows } from "./draw-rows";
import type { Marks } from "./marks";
import { rowsOf, type Rows } from "./rows";
import type { Scene } from "./scene";

/** Where the rows begin: below the axis, and below how many calls went on at once, where that says anything. */
export const rowsTop = ({ bySequence, model }: Pick<Scene, "bySequence" | "model">): number =>
  bySequence || model.concurrency.peak === 0 ? AXIS + 4 : AXIS + STRIP + 4;

export const rowsIn = (scene: Scene): Rows => rowsOf({ ...scene, rowsHeight: scene.height - rowsTop(scene) });

/** Draws all that is in sight, and nothing else. */
export function draw(context: CanvasRenderingContext2D, scene: Scene, marks: Marks): void {
  const { width, height, palette } = scene;
  context.fillStyle = palette.ground;
  context.fillRect(0, 0, width, height);
  drawAxis(context, scene);
  drawMarks(context, scene, marks);
  if (rowsTop(scene) > AXIS + STRIP) drawConcurrency(context, scene);
  drawRows(context, scene, rowsIn(scene), rowsTop(scene));
  drawMoment(context, scene, 0, height);
}

/** The call that is drawn at a point. */
export const hit = (scene: Scene, x: number, y: number): number | undefined =>
  callAt(scene, rowsIn(scene), rowsTop(scene), x, y);

/** Fits a canvas to its box, in the screen's own pixels; answers what draws in the page's. */
export function fitted(canvas: HTMLCanvasElement, width: number, height: number): CanvasRenderingContext2D | undefined {
  const scale = devicePixelRatio;
  const [w, h] = [Math.round(width * scale), Math.round(height * scale)];
  if (canvas.width !== w) canvas.width = w;
  if (canvas.height !== h) canvas.height = h;
  const context = canvas.getContext("2d", { alpha: false });
  context?.setTransform(scale, 0, 0, scale, 0, 0);
  return context ?? undefined;
}
