import * as vscode from "vscode";
import type { ContextKeys } from "../contextKeys.ts";
import { CONTEXT } from "../ids.ts";

const PAGE_READY_MS = 700;
const PULSE_MS = 300;

/**
 * VS Code (1.139) reads the tour when it is opened, and counts a context key that is true by then as seen
 * without ticking the step. So each step also listens to its key together with a pulse, which is given a
 * moment after a page without an input of its own (the tour is one) comes to the front.
 */
export class LateTicks implements vscode.Disposable {
  readonly #keys: ContextKeys;
  readonly #subscription: vscode.Disposable;
  #timer: NodeJS.Timeout | undefined;

  constructor(keys: ContextKeys) {
    this.#keys = keys;
    keys.set(CONTEXT.tourInFront, false);
    this.#subscription = vscode.window.tabGroups.onDidChangeTabs(() => this.#look());
    this.#look();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#subscription.dispose();
  }

  #look(): void {
    const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
    if (tab === undefined || tab.input !== undefined) {
      return;
    }
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#keys.set(CONTEXT.tourInFront, true);
      this.#timer = setTimeout(() => this.#keys.set(CONTEXT.tourInFront, false), PULSE_MS);
    }, PAGE_READY_MS);
  }
}
