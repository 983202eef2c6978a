import * as vscode from "vscode";
import type { ContextKey } from "./ids.ts";

/** Sets VS Code's context keys, each only when its value changes. */
export class ContextKeys {
  readonly #values = new Map<ContextKey, unknown>();

  set(key: ContextKey, value: string | boolean): void {
    if (this.#values.get(key) !== value) {
      this.#values.set(key, value);
      void vscode.commands.executeCommand("setContext", key, value);
    }
  }
}
