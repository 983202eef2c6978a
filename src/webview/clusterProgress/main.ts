import { render, type TemplateResult } from "lit-html";
import type { ProgressToHost, ProgressToView } from "../../shared/clusterProgress.ts";
import { dispatch } from "../../shared/messages.ts";
import { h } from "../dom.ts";
import { connectHost } from "../host.ts";
import { liveRegion } from "../live.ts";
import { drawEmpty, drawPage } from "./page.ts";
import { Ui } from "./ui.ts";

const TICK_MS = 1000;

const root = h("div", {});
const region = h("p", { class: "visually-hidden", role: "status" });
document.body.append(root, region);
const announce = liveRegion(region);
let page: (() => TemplateResult) | undefined;
let spoken: string | undefined;

const draw = () => {
  if (page !== undefined) {
    render(page(), root);
  }
};
/** Speaks of another headline or step, not of another number in it. */
const speak = (key: string, text: string) => {
  if (key !== spoken) {
    spoken = key;
    announce(text);
  }
};

const host = connectHost<ProgressToHost, ProgressToView>((message) =>
  dispatch(message, {
    show: ({ progress, keep }) => {
      host.keep(keep);
      ui.setClock(progress.now);
      page = () => drawPage(progress, ui);
      draw();
      speak(progress.spoken.key, progress.spoken.text);
    },
    empty: ({ empty, keep }) => {
      host.keep(keep);
      page = () => drawEmpty(empty, ui);
      draw();
      speak(empty.title, empty.title);
    },
  }),
);
const ui = new Ui((message) => host.send(message), draw);
// Times go on by themselves.
setInterval(draw, TICK_MS);
host.send({ type: "ready" });
