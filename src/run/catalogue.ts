import made from "virtual:catalogue";
import type { Catalogue } from "../../worker/protocol";

/** What every service says of itself, known before anything has run. */
export const catalogue = made as Catalogue;
