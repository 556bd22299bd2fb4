import { Uri, editor } from "monaco-editor/editor";
import type { ProgramFiles } from "../../../worker/protocol";

type Model = editor.ITextModel;

/** One for all: TypeScript tells them apart by their names, and only files of one language see each other. */
const LANGUAGE = "typescript";

/** One model a file, in step with the workspace, so that imports between files resolve and each keeps its own undo. */
export class Models {
  readonly #models = new Map<string, Model>();
  /** Set while the workspace writes into a model, which is then no typing. */
  #filling = false;

  constructor(private readonly onchange: (name: string, text: string) => void) {}

  all(): [name: string, model: Model][] {
    return [...this.#models];
  }

  get(name: string): Model | undefined {
    return this.#models.get(name);
  }

  /** Makes, fills and drops models until they are these files. */
  sync(files: ProgramFiles): void {
    for (const [name, model] of this.#models) {
      if (name in files) continue;
      model.dispose();
      this.#models.delete(name);
    }
    for (const [name, text] of Object.entries(files)) {
      const model = this.#models.get(name);
      if (model === undefined) this.#models.set(name, this.#create(name, text));
      else if (model.getValue() !== text) this.#fill(model, text);
    }
  }

  dispose(): void {
    this.sync({});
  }

  #create(name: string, text: string): Model {
    const uri = Uri.from({ scheme: "file", path: `/${name}` });
    editor.getModel(uri)?.dispose();
    const model = editor.createModel(text, LANGUAGE, uri);
    model.updateOptions({ tabSize: 2, insertSpaces: true });
    model.onDidChangeContent(() => {
      if (!this.#filling) this.onchange(name, model.getValue());
    });
    return model;
  }

  #fill(model: Model, text: string): void {
    this.#filling = true;
    model.setValue(text);
    this.#filling = false;
  }
}
