type Attributes = Readonly<Record<string, string | boolean | undefined>>;
type Child = Node | string | undefined;

/**
 * Makes an element. Text stays text: nothing that comes from a document is ever read as HTML. An attribute that is
 * false or undefined is left out; one that is true has no value.
 */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes,
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) {
      element.setAttribute(name, value === true ? "" : value);
    }
  }
  element.append(...children.filter((child) => child !== undefined));
  return element;
}

/** An icon beside a word: it says nothing to a screen reader. */
export function icon(name: string, tone = ""): HTMLElement {
  return h("span", { class: `codicon codicon-${name} ${tone}`.trim(), "aria-hidden": "true" });
}

/** Words for screen readers only. */
export function hidden(text: string): HTMLElement {
  return h("span", { class: "visually-hidden" }, text);
}

/** A button that does `act`; `key` finds it again after the page is drawn anew. */
export function button(
  attributes: Attributes & { readonly key: string },
  act: () => void,
  ...children: readonly Child[]
): HTMLButtonElement {
  const { key, ...others } = attributes;
  const element = h("button", { type: "button", "data-key": key, ...others }, ...children);
  element.addEventListener("click", act);
  return element;
}
