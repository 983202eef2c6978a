import { render } from "lit-html";
import type { CreateClusterForm, CreateToHost, CreateToView } from "../../shared/createCluster.ts";
import type { FieldPath } from "../../shared/form.ts";
import { dispatch } from "../../shared/messages.ts";
import { h } from "../dom.ts";
import { connectHost } from "../host.ts";
import { liveRegion } from "../live.ts";
import { goTo, grantWish, openingFocus } from "./focus.ts";
import { drawPage } from "./page.ts";
import { Ui } from "./ui.ts";

const root = h("div", { class: "root" });
const region = h("p", { class: "visually-hidden", role: "status" });
document.body.append(root, region);
const announce = liveRegion(region);
let form: CreateClusterForm | undefined;
let summary = 0;

const go = (path: FieldPath) => goTo(root, ui, path);
const draw = () => {
  if (form !== undefined) {
    render(drawPage(form, ui, go), root);
  }
};

const host = connectHost<CreateToHost, CreateToView>((message) =>
  dispatch(message, {
    show: ({ form: next, keep }) => {
      const first = form === undefined;
      form = next;
      host.keep(keep);
      ui.showAll = next.showAll;
      ui.locked = next.phase !== "editing" && next.phase !== "validating";
      ui.drafts.taken(next.seq, document.hasFocus() ? document.activeElement?.id : undefined);
      draw();
      grantWish(root, ui);
      if (next.summary !== null && next.summary.id !== summary) {
        summary = next.summary.id;
        document.getElementById("summary-box")?.focus();
      } else if (first) {
        openingFocus(root, next);
      }
      announce(next.notice === null ? next.status.text : `${next.notice.title}. ${next.status.text}`);
    },
    focus: ({ path }) => go(path),
  }),
);
const ui = new Ui((message) => host.send(message), draw);
// What was typed last is sent before the page goes.
window.addEventListener("pagehide", () => ui.drafts.flush());
document.addEventListener("visibilitychange", () => ui.drafts.flush());
host.send({ type: "ready" });
