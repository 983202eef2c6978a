import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type * as vscode from "vscode";
import { allowExec } from "../../src/app/connection/consent.ts";
import { consentKey } from "../../src/app/connection/kubeconfigs.ts";
import { isPaletteError } from "../../src/shared/errors.ts";
import { writeFile } from "./support.ts";

/** State with consents in it, as VS Code would keep them. */
const stateWith = (consents: readonly string[]): vscode.Memento => ({
  keys: () => [],
  get: <T>(_key: string, fallback?: T) => (consents as unknown as T) ?? fallback,
  update: async () => {},
});

describe("consent to programs of a kubeconfig", () => {
  const exec = { command: "aws", args: ["eks", "get-token"] };

  it("is not given by a view, which may not ask", async () => {
    const path = (await writeFile("kubeconfig", "a")).fsPath;
    await assert.rejects(
      allowExec(stateWith([]), { path, context: "mgmt" }, exec, false),
      (error) => isPaletteError(error, "Prerequisite") && error.message.includes("aws eks get-token"),
    );
  });

  it("is remembered for this content and command, and for no other", async () => {
    const path = (await writeFile("kubeconfig", "a")).fsPath;
    const state = stateWith([await consentKey(path, exec.command, exec.args)]);
    assert.equal(await allowExec(state, { path, context: "mgmt" }, exec, false), true);
    await assert.rejects(
      allowExec(state, { path, context: "mgmt" }, { ...exec, args: ["eks", "get-token", "--x"] }, false),
    );
    await writeFile("kubeconfig", "changed");
    await assert.rejects(allowExec(state, { path, context: "mgmt" }, exec, false));
  });
});
