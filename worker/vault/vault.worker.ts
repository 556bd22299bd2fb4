import { expose } from "comlink";
import { drafts } from "./drafts";

expose(drafts);
