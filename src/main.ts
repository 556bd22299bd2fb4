import { mount } from "svelte";
import App from "./app/App.svelte";
import { warmUp } from "./app/app";
import { openFirst } from "./app/opening";
import { whenIdle } from "./ui/idle";
import "./ui/tokens.css";
import "./ui/base.css";

void openFirst();
mount(App, { target: document.getElementById("app") as HTMLElement });
whenIdle(warmUp);
