import { ShapeTable } from "./shapes";
import { WordTable } from "./words";

/** What a reader needs to know of a dictionary. */
export interface WireNames {
  readonly words: readonly string[];
  readonly shapes: readonly (readonly string[])[];
}

/** Words and shapes of one stream. It only grows, so everything written before stays readable. */
export class Dictionary implements WireNames {
  readonly wordTable = new WordTable();
  readonly shapeTable = new ShapeTable();

  get words(): readonly string[] {
    return this.wordTable.list;
  }

  get shapes(): readonly (readonly string[])[] {
    return this.shapeTable.list;
  }
}
