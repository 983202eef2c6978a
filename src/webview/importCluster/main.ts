import { render } from "lit-html";
import type { ImportForm, ImportToHost, ImportToView } from "../../shared/importCluster.ts";
import { dispatch } from "../../shared/messages.ts";
import { h } from "../dom.ts";
import { connectHost } from "../host.ts";
import { liveRegion } from "../live.ts";
import { drawPage } from "./page.ts";

const root = h("div", { class: "root" });
const region = h("p", { class: "visually-hidden", role: "status" });
document.body.append(root, region);
const announce = liveRegion(region);
let form: ImportForm | undefined;
let notice = "";

const host = connectHost<ImportToHost, ImportToView>((message) =>
  dispatch(message, {
    show: ({ form: next }) => {
      const first = form === undefined;
      form = next;
      render(drawPage(next, host.send), root);
      const title = next.notice?.title ?? "";
      if (title !== notice && next.notice?.tone === "error") {
        document.getElementById("notice-box")?.focus();
      } else if (first) {
        root.querySelector<HTMLElement>("select, input")?.focus();
      }
      notice = title;
      announce(title === "" ? next.status.text : title);
    },
  }),
);
host.keep({});
host.send({ type: "ready" });
