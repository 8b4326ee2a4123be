// What part of a drawing is seen: by buttons, by dragging, and by the wheel together with Ctrl.

type Box = [number, number, number, number];

/** Below this scale nobody reads the labels of a drawing. */
const SMALLEST = 0.75;

/** Zooms and moves the drawing in a frame by its viewBox. Buttons with `data-zoom` are in, out, all, or have a `data-box`. */
export class Viewport {
  private drawing: SVGElement | undefined;
  private all: Box = [0, 0, 1, 1];
  private box: Box = [0, 0, 1, 1];

  /** `looked` is told how wide the part that is seen is, as a part of all. */
  constructor(frame: HTMLElement, private readonly looked: (share: number) => void = () => undefined) {
    for (const button of frame.querySelectorAll<HTMLButtonElement>("button[data-zoom]")) {
      button.addEventListener("click", () => {
        const { zoom, box } = button.dataset;
        if (box !== undefined) this.look(numbers(box));
        else if (zoom === "all") this.look(this.all);
        else this.zoom(zoom === "in" ? 0.75 : 1 / 0.75);
      });
    }
    frame.addEventListener("pointermove", (event) => {
      if (event.buttons === 1 && this.drawing?.contains(event.target as Node)) this.move(event);
    });
    frame.addEventListener("wheel", (event) => {
      if (!event.ctrlKey || !this.drawing?.contains(event.target as Node)) return;
      event.preventDefault();
      this.zoom(event.deltaY > 0 ? 1.1 : 1 / 1.1);
    }, { passive: false });
    // What gets the focus by keyboard must be seen.
    frame.addEventListener("focusin", (event) => {
      if (event.target instanceof SVGGElement) this.reveal(event.target);
    });
  }

  /** Takes another drawing, and shows all of it; or, where that would be too small to read, what is around a point. */
  take(drawing: SVGElement, all: Box, around?: { x: number; y: number }): void {
    this.drawing = drawing;
    this.all = all;
    const { clientWidth, clientHeight } = drawing;
    if (around === undefined || clientWidth / all[2] >= SMALLEST) this.look(all);
    else this.look([around.x - clientWidth / SMALLEST / 2, around.y - clientHeight / SMALLEST / 2, clientWidth / SMALLEST, clientHeight / SMALLEST]);
  }

  private look(box: Box): void {
    this.box = box;
    this.drawing?.setAttribute("viewBox", box.map((value) => Math.round(value * 10) / 10).join(" "));
    this.looked(box[2] / this.all[2]);
  }

  private zoom(factor: number): void {
    const [x, y, width, height] = this.box;
    this.look([x + (width * (1 - factor)) / 2, y + (height * (1 - factor)) / 2, width * factor, height * factor]);
  }

  private move(event: PointerEvent): void {
    const [x, y, width, height] = this.box;
    const scale = Math.max(width / (this.drawing?.clientWidth ?? width), height / (this.drawing?.clientHeight ?? height));
    this.look([x - event.movementX * scale, y - event.movementY * scale, width, height]);
  }

  private reveal(node: SVGGElement): void {
    const [left, top, width, height] = this.box;
    const at = node.transform.baseVal.consolidate()?.matrix;
    if (at === undefined) return;
    if (at.e < left || at.f < top || at.e > left + width || at.f > top + height) this.look([at.e - width / 2, at.f - height / 2, width, height]);
  }
}

/** Reads a viewBox. */
export function numbers(text: string): Box {
  const [x = 0, y = 0, width = 1, height = 1] = text.split(" ").map(Number);
  return [x, y, width, height];
}
