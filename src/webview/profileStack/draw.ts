import type {
  ProfileStack,
  StackGap,
  StackLayer,
  StackProblem,
  StackSection,
  StackToHost,
} from "../../shared/profileStack.ts";
import { button, h, hidden, icon } from "../dom.ts";

type Send = (message: StackToHost) => void;

/** The rows of the stack, as a selector. */
export const ROWS = ".layer";

const TONES = { pass: "ok", warning: "warn", error: "err", history: "idle" } as const;
const STATUS = "status";

/** What to show where no profile is open. */
export function drawEmpty(send: Send): HTMLElement[] {
  return [
    h("h1", { tabindex: "-1" }, "No profile is open"),
    h("p", {}, "Open a cluster profile to see its layers here, from the operating system up."),
    h(
      "div",
      { class: "actions" },
      button(
        { key: "new", class: "primary wide" },
        () => send({ type: "newProfile" }),
        "New Cluster Profile",
      ),
    ),
  ];
}

/** The page of a profile, from top to bottom as it is read. */
export function drawStack(stack: ProfileStack, send: Send): HTMLElement[] {
  return [
    h("h1", { tabindex: "-1" }, stack.name),
    h(
      "ul",
      { class: "facts", "aria-label": "About this profile" },
      ...stack.facts.map((fact) => h("li", {}, fact)),
    ),
    actions(stack, send),
    status(stack, send),
    ...(stack.stale === null ? [] : [notice(stack.stale, send)]),
    ...(stack.problems.length === 0 ? [] : [profileProblems(stack.problems, send)]),
    ...stack.sections.map((each, index) => section(each, index, send)),
    h("p", { class: "help" }, stack.help),
  ];
}

/** Marks the layer that the cursor is in. */
export function markCurrent(root: HTMLElement, index: number | null): void {
  for (const row of root.querySelectorAll<HTMLElement>(ROWS)) {
    if (row.dataset.index !== undefined && row.dataset.index === String(index)) {
      row.setAttribute("aria-current", "true");
    } else {
      row.removeAttribute("aria-current");
    }
  }
}

function actions({ cluster }: ProfileStack, send: Send): HTMLElement {
  const blocked = cluster === "blocked";
  return h(
    "div",
    { class: "actions" },
    cluster === "never"
      ? undefined
      : button(
          {
            key: "create",
            class: "primary",
            // It stays reachable and says why; pressing it goes to the first problem.
            "aria-disabled": blocked ? "true" : undefined,
            "aria-describedby": blocked ? STATUS : undefined,
          },
          () => send({ type: blocked ? "nextProblem" : "createCluster" }),
          "Create Cluster",
        ),
    button({ key: "add" }, () => send({ type: "addLayer" }), icon("add"), "Add Layer"),
  );
}

function status({ status: { icon: name, text, canStep } }: ProfileStack, send: Send): HTMLElement {
  return h(
    "p",
    { class: "status", id: STATUS },
    icon(name, TONES[name]),
    h(
      "span",
      {},
      text,
      ...(canStep
        ? [
            " ",
            button({ key: "next", class: "link" }, () => send({ type: "nextProblem" }), "Go to Next Problem"),
          ]
        : []),
    ),
  );
}

function notice({ line, message }: NonNullable<ProfileStack["stale"]>, send: Send): HTMLElement {
  return h(
    "div",
    { class: "notice" },
    icon("warning", "warn"),
    h(
      "div",
      {},
      h("h2", {}, `Line ${line} cannot be read`),
      h("p", {}, `${message} The stack follows again when the text can be read.`),
    ),
    h(
      "div",
      { class: "actions" },
      button({ key: "line" }, () => send({ type: "openLine", line }), `Go to Line ${line}`),
    ),
  );
}

function profileProblems(problems: readonly StackProblem[], send: Send): HTMLElement {
  return h(
    "ul",
    { class: "problems", "aria-label": "Problems of the profile" },
    ...problems.map((problem) =>
      h("li", {}, icon(problem.severity, tone(problem)), ...problemParts(problem, null, send)),
    ),
  );
}

function section({ title, note, rows, empty }: StackSection, index: number, send: Send): HTMLElement {
  const id = `section-${index}`;
  return h(
    "section",
    { "aria-labelledby": id },
    h("h2", { id }, title, " ", h("span", { class: "note" }, note)),
    rows.length === 0
      ? h("p", { class: "help" }, empty)
      : h(
          "ul",
          { class: "stack", "aria-label": `${title}, last installed first` },
          ...rows.map((row) => (row.kind === "layer" ? layer(row, send) : gap(row, send))),
        ),
  );
}

function layer(row: StackLayer, send: Send): HTMLElement {
  const open = () => send({ type: "openLayer", index: row.index });
  const [first, ...more] = row.problems;
  const element = h(
    "li",
    { class: row.mandatory ? "layer base" : "layer", "data-index": String(row.index) },
    order(row.order),
    icon(row.icon),
    button({ key: `layer-${row.index}`, class: "plain" }, open, row.title),
    h(
      "div",
      { class: "state" },
      row.version === "" ? undefined : h("span", { class: "num" }, row.version),
      icon(first?.severity ?? "pass", first === undefined ? "ok" : tone(first)),
      hidden(counts(row.problems)),
    ),
    row.details === "" ? undefined : h("div", { class: "sub" }, row.details),
    first === undefined ? undefined : h("div", { class: "problem" }, ...problemParts(first, row.index, send)),
    more.length === 0
      ? undefined
      : h("div", { class: "problem" }, h("span", {}, `And ${counts(more)} more.`)),
  );
  // The whole tile takes a click, as a row of a list does; the button is there for keys and screen readers.
  element.addEventListener("click", ({ target }) => {
    if (!(target instanceof Element) || target.closest("button") === null) {
      open();
    }
  });
  return element;
}

function gap(row: StackGap, send: Send): HTMLElement {
  const { add } = row;
  return h(
    "li",
    { class: "layer missing" },
    order(row.order),
    icon(row.icon),
    h("strong", {}, row.title),
    h("div", { class: "sub" }, row.reason),
    add === null
      ? undefined
      : h(
          "div",
          { class: "action" },
          button({ key: `gap-${row.title}` }, () => send({ type: "fix", index: null, ...add }), add.fix),
        ),
  );
}

function order(number: number | null): HTMLElement {
  return number === null
    ? h("span", { class: "order" }, hidden("Install order unknown"))
    : h("span", { class: "order" }, hidden("Install order "), String(number));
}

function problemParts(problem: StackProblem, index: number | null, send: Send): HTMLElement[] {
  const { code, fix, message } = problem;
  return [
    h("span", {}, message),
    ...(fix === null
      ? []
      : [
          button(
            { key: `fix-${index ?? "profile"}-${code}` },
            () => send({ type: "fix", index, code, fix }),
            fix,
          ),
        ]),
  ];
}

function tone({ severity }: StackProblem): string {
  return severity === "error" ? "err" : "warn";
}

function counts(problems: readonly StackProblem[]): string {
  const errors = problems.filter(({ severity }) => severity === "error").length;
  const warnings = problems.length - errors;
  const parts = [
    ...(errors > 0 ? [`${errors} ${errors === 1 ? "error" : "errors"}`] : []),
    ...(warnings > 0 ? [`${warnings} ${warnings === 1 ? "warning" : "warnings"}`] : []),
  ];
  return parts.join(", ") || "No problems";
}
