import main from "../../public/examples/hello-cloud/main.ts?raw";
import type { Example } from ".";

/** The first example is part of the page's own code: a newcomer reads it without waiting for another request. */
const helloCloud: Example = {
  id: "hello-cloud",
  title: "Hello, cloud",
  summary: "A bucket, three objects and a listing: the same program on three clouds.",
  category: "First steps",
  files: { "main.ts": main },
};

export default helloCloud;
