import { mount } from "svelte";
import App from "./app/App.svelte";
import { layout, warmUp } from "./app/app";
import { openFirst } from "./app/opening";
import { whenIdle } from "./ui/idle";
import "./ui/tokens.css";
import "./ui/base.css";
import "./ui/first-paint.css";

const target = document.getElementById("app") as HTMLElement;
void openFirst();
// In one go: the program that the page came with is never gone before it is there again.
target.replaceChildren();
mount(App, { target });
whenIdle(warmUp);
if (layout.embedded) void import("./embed/embed.svelte").then(({ startEmbed }) => startEmbed());
else whenIdle(async () => (await import("./app/offline")).keepOffline());
