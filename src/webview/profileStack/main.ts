import { dispatch } from "../../shared/messages.ts";
import type { StackToHost, StackToView } from "../../shared/profileStack.ts";
import { h } from "../dom.ts";
import { keepingFocus, moveByArrows } from "../focus.ts";
import { connectHost } from "../host.ts";
import { liveRegion } from "../live.ts";
import { drawEmpty, drawStack, markCurrent, ROWS } from "./draw.ts";

const root = h("main", { class: "page" });
const region = h("p", { class: "visually-hidden", role: "status" });
document.body.append(root, region);
const announce = liveRegion(region);
let current: number | null = null;

const host = connectHost<StackToHost, StackToView>((message) =>
  dispatch(message, {
    show: ({ stack }) => {
      keepingFocus(root, ROWS, () =>
        root.replaceChildren(...(stack === null ? drawEmpty(host.send) : drawStack(stack, host.send))),
      );
      markCurrent(root, current);
      announce(stack === null ? "" : `${stack.name}: ${stack.status.text}`);
    },
    current: ({ index }) => {
      current = index;
      markCurrent(root, current);
    },
  }),
);
moveByArrows(root, ROWS);
host.send({ type: "ready" });
