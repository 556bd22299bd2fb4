/** The trusted worker that compiles, so that typing and the panels never wait for it. */
import { expose } from "comlink";
import type { Compiler } from "../protocol";
import { compile } from "./compile";
import { sourceOf } from "./source";

const compiler: Compiler = {
  async compile(files) {
    return compile(sourceOf(files));
  },
};

expose(compiler);
