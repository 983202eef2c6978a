import assert from "node:assert/strict";
import { afterEach, before, describe, it } from "mocha";
import * as vscode from "vscode";
import { overview } from "../../src/app/create/overview.ts";
import { QuickForm } from "../../src/app/create/quickPick.ts";
import { layerEdits } from "../../src/app/panels/createCluster/edits.ts";
import { LayerValues } from "../../src/app/panels/createCluster/layerValues.ts";
import { RequestText } from "../../src/app/panels/createCluster/requestText.ts";
import { loadRooms } from "../../src/app/panels/createCluster/rooms.ts";
import { CreateSession } from "../../src/app/panels/createCluster/session.ts";
import type { ManagementCluster } from "../../src/kube/index.ts";
import { isPaletteError, PaletteError } from "../../src/shared/errors.ts";
import type { KubeObject } from "../../src/shared/kubernetes.ts";
import { appWith, connectedTo, PROFILE, REQUEST, takesEverything } from "./clusterForm.ts";
import { eventually, writeFile } from "./support.ts";

/** A place in a work: told when it is reached, and left once it is opened, or the work is ended. */
class Gate {
  readonly #reached = Promise.withResolvers<void>();
  readonly #opened = Promise.withResolvers<void>();
  readonly reached = this.#reached.promise;

  open(): void {
    this.#opened.resolve();
  }

  async pass(signal: AbortSignal | undefined): Promise<void> {
    this.#reached.resolve();
    const ended = new Promise((resolve) => signal?.addEventListener("abort", resolve));
    await Promise.race([this.#opened.promise, ended]);
    signal?.throwIfAborted();
  }
}

/** A management cluster that judges, and writes, when it is let; it tells what it has written. */
function deliberating() {
  const judging = new Gate();
  const writing = new Gate();
  const written: KubeObject[] = [];
  const keep = (object: KubeObject): KubeObject => {
    written.push(object);
    return { ...object, metadata: { ...object.metadata, uid: "1" } };
  };
  const cluster: ManagementCluster = {
    ...takesEverything([]),
    apply: async (object, { dryRun, signal } = {}) => {
      await (dryRun === true ? judging : writing).pass(signal);
      return dryRun === true ? object : keep(object);
    },
    create: async (object) => keep(object),
    patch: async ({ apiVersion, kind, name }) => ({ apiVersion, kind, metadata: { name, uid: "1" } }),
    delete: async () => true,
  };
  return { cluster, judging, writing, written };
}

describe("a request on its way to a cluster", () => {
  const open: vscode.Disposable[] = [];

  before(() => writeFile("corner.profile.yaml", PROFILE));
  afterEach(() => {
    for (const each of open.splice(0)) {
      each.dispose();
    }
  });

  /** The session of a form, ready to create its cluster. What is installed cannot be told, which hinders nothing. */
  const sessionOn = async (cluster: ManagementCluster, request = REQUEST) => {
    const list: ManagementCluster["list"] = async (kind, options) => {
      if (kind.kind === "Provider") {
        throw new PaletteError("Unreachable", "No answer");
      }
      return cluster.list(kind, options);
    };
    const parts = appWith(connectedTo({ ...cluster, list }));
    const text = new RequestText(request);
    const session = new CreateSession(parts.app, await loadRooms(), text, () => undefined);
    open.push(session, text);
    await session.settled();
    return { ...parts, session, text };
  };

  /** Takes what is said to the user, instead of showing it. */
  const said = (): string[] => {
    const messages: string[] = [];
    for (const name of ["showInformationMessage", "showErrorMessage"] as const) {
      replace(name, async (message: string) => void messages.push(message));
    }
    return messages;
  };

  const replace = (name: keyof typeof vscode.window, value: unknown): void => {
    const own = Object.getOwnPropertyDescriptor(vscode.window, name) ?? {};
    Object.defineProperty(vscode.window, name, { configurable: true, value });
    open.push(new vscode.Disposable(() => Object.defineProperty(vscode.window, name, own)));
  };

  const SIZE = ["spec", "machinePools", 0, "poolConfig", "size"];
  const replicas = (objects: readonly KubeObject[]) =>
    objects.flatMap(({ kind, spec }) =>
      kind.endsWith("ControlPlane") ? [(spec as { replicas?: unknown }).replicas] : [],
    );
  const mine = (request: CreateSession["request"]) => layerEdits("corner-shop", "mine: true\n", request);

  describe("while it is validated", () => {
    it("is stopped, and nothing is written", async () => {
      const { cluster, judging, writing, written } = deliberating();
      const { session } = await sessionOn(cluster);
      writing.open();
      const created = session.create();
      await judging.reached;
      session.stop(false);
      judging.open();
      assert.equal(await created, false);
      assert.deepEqual(written, []);
      assert.deepEqual(session.model().phase, { kind: "editing" });
      assert.equal(session.model().failure, undefined);
    });

    it("ends with the form", async () => {
      const { cluster, judging, writing, written } = deliberating();
      const { session } = await sessionOn(cluster);
      writing.open();
      const created = session.create();
      await judging.reached;
      session.dispose();
      judging.open();
      assert.equal(await created, false);
      assert.equal(await session.create(), false, "nor does another try begin");
      assert.deepEqual(written, []);
    });

    it("is not written where it was changed, until it is created again", async () => {
      const { cluster, judging, writing, written } = deliberating();
      const { session } = await sessionOn(cluster);
      writing.open();
      const created = session.create();
      await judging.reached;
      await session.edit(1, SIZE, "3");
      judging.open();
      assert.equal(await created, false);
      assert.deepEqual(written, []);
      assert.match(session.model().failure?.title ?? "", /was changed while it was validated/);
      assert.equal(session.model().validation?.outdated, true);
      assert.equal(await session.create(), true, JSON.stringify(session.model().failure));
      assert.deepEqual(replicas(written), [3]);
    });

    it("is not written where its profile was changed", async () => {
      const { cluster, judging, writing, written } = deliberating();
      await writeFile("moving.profile.yaml", PROFILE);
      const { session, profilesChanged } = await sessionOn(
        cluster,
        REQUEST.replace("corner.profile", "moving.profile"),
      );
      writing.open();
      const created = session.create();
      await judging.reached;
      await writeFile("moving.profile.yaml", `${PROFILE}# changed\n`);
      profilesChanged();
      judging.open();
      assert.equal(await created, false);
      assert.deepEqual(written, []);
      assert.match(session.model().failure?.title ?? "", /was changed while it was validated/);
    });

    it("has the changes that were begun before", async () => {
      const { cluster, judging, writing, written } = deliberating();
      const { session } = await sessionOn(cluster);
      judging.open();
      writing.open();
      void session.edit(1, SIZE, "3");
      assert.equal(await session.create(), true, JSON.stringify(session.model().failure));
      assert.deepEqual(replicas(written), [3]);
    });
  });

  it("was judged by one management cluster, which says nothing of another", async () => {
    const { app, session, connectionChanged } = await sessionOn(takesEverything([]));
    assert.equal(await session.validate(), true);
    assert.equal(session.model().validation?.outdated, false);
    connectionChanged();
    assert.equal(session.model().validation?.outdated, false, "it is the same one");
    const other = { ...takesEverything([]), name: "other" };
    Object.assign(app.connection, connectedTo(other));
    connectionChanged();
    assert.equal(session.model().validation, undefined);
  });

  it("was judged with a profile that is another one now", async () => {
    await writeFile("moving.profile.yaml", PROFILE);
    const { session, profilesChanged } = await sessionOn(
      takesEverything([]),
      REQUEST.replace("corner.profile", "moving.profile"),
    );
    assert.equal(await session.validate(), true);
    profilesChanged();
    await session.settled();
    assert.equal(session.model().validation?.outdated, false, "it is the same one");
    await writeFile("moving.profile.yaml", `${PROFILE}# changed\n`);
    profilesChanged();
    await session.settled();
    assert.equal(session.model().validation?.outdated, true);
  });

  describe("while it is written, and its form is closed", () => {
    it("is written to its end, and that is said", async () => {
      const { cluster, judging, writing, written } = deliberating();
      const { session, logged } = await sessionOn(cluster);
      const messages = said();
      judging.open();
      const created = session.create();
      await writing.reached;
      session.dispose();
      writing.open();
      assert.equal(await created, true);
      assert.deepEqual(replicas(written), [1]);
      assert.deepEqual(messages, ["Cluster corner is written."]);
      assert.deepEqual(logged, ["Cluster corner is written to mgmt."]);
    });

    it("says why it was not written", async () => {
      const { cluster, judging, writing } = deliberating();
      const { session, logged } = await sessionOn({
        ...cluster,
        apply: async (object, options) => {
          await cluster.apply(object, options);
          if (options?.dryRun !== true) {
            throw new PaletteError("Refused", "mgmt refused it", { engine: "quota exceeded" });
          }
          return object;
        },
      });
      const messages = said();
      judging.open();
      const created = session.create();
      await writing.reached;
      session.dispose();
      writing.open();
      assert.equal(await created, false);
      const [message = ""] = messages;
      assert.match(message, /^Cluster corner was not created: .*quota exceeded/);
      assert.deepEqual(logged, messages);
    });
  });

  describe("whose layer values are edited beside the form", () => {
    it("takes them, and refuses them where it cannot be read, or VS Code refuses the edit", async () => {
      const { session, text } = await sessionOn(takesEverything([]));
      await session.change(mine);
      assert.match(text.text, /mine: true/);
      const good = text.text;
      await text.replace(`${REQUEST}  : [`);
      await assert.rejects(
        session.change(mine),
        (error) => isPaletteError(error, "InvalidDocument") && /cannot be read/.test(error.message),
      );
      await text.replace(REQUEST);
      text.replace = async () => {
        throw new Error("VS Code refused the edit");
      };
      await assert.rejects(session.change(mine), /VS Code refused the edit/);
      assert.notEqual(text.text, good);
    });

    it("refuses them while it is written, and after that", async () => {
      const { cluster, judging, writing } = deliberating();
      const { session } = await sessionOn(cluster);
      judging.open();
      const created = session.create();
      await writing.reached;
      await assert.rejects(session.change(mine), /Cluster corner is being written/);
      writing.open();
      assert.equal(await created, true);
      await assert.rejects(session.change(mine), /Cluster corner is written/);
    });

    it("keeps what was not taken in its editor, also once the form is closed", async () => {
      const values = new LayerValues("palette-values-test");
      open.push(values);
      const taken: string[] = [];
      let isOpen = true;
      const source = (text: string) => ({
        read: async () => text,
        write: async (edited: string) => {
          if (!isOpen) {
            throw new Error("The cluster is written");
          }
          taken.push(edited);
        },
      });
      /** Opens the values of a form that has no name yet. */
      const edit = async (form: string) => {
        await values.open(form, "default/cluster/corner-shop.profile.yaml", source(`of: ${form}\n`), () => 0);
        const editor = vscode.window.activeTextEditor;
        assert.ok(editor);
        assert.equal(editor.document.getText(), `of: ${form}\n`);
        return editor.document;
      };
      await edit("one");
      const document = await edit("two");
      const type = (text: string) => {
        const change = new vscode.WorkspaceEdit();
        change.insert(document.uri, new vscode.Position(0, 0), text);
        return vscode.workspace.applyEdit(change);
      };
      await type("# a\n");
      assert.equal(await document.save(), true);
      assert.deepEqual(taken, ["# a\nof: two\n"]);
      isOpen = false;
      await type("# b\n");
      assert.equal(await document.save(), false);
      assert.equal(document.isDirty, true);
      isOpen = true;
      values.drop("two");
      assert.equal(await document.save(), false);
      assert.equal(document.isDirty, true);
      assert.equal(document.getText(), "# b\n# a\nof: two\n");
      assert.equal(taken.length, 1);
      // Nobody is asked whether to save what is as it was saved.
      await vscode.commands.executeCommand("undo");
      await eventually("an editor without changes", () => !document.isDirty);
      await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    });
  });

  describe("by quick pick", () => {
    /** Chooses the action of the overview whose line has `label` in it. */
    const act = async ({ app, session }: Awaited<ReturnType<typeof sessionOn>>, label: string) => {
      const quick = new QuickForm(session);
      quick.list = async (_title, rows) => {
        await rows()
          .rows.find((row) => row.label.includes(label))
          ?.run?.();
        return undefined;
      };
      await overview(app, quick);
    };

    /** Runs tasks with a Cancel button that the test can press. */
    const cancelButton = (): vscode.CancellationTokenSource => {
      const button = new vscode.CancellationTokenSource();
      open.push(button);
      replace("withProgress", (_options: unknown, work: (...given: unknown[]) => unknown) =>
        work({ report: () => undefined }, button.token),
      );
      return button;
    };

    it("is validated only, and says what came of it", async () => {
      const judged: KubeObject[] = [];
      const parts = await sessionOn(takesEverything(judged));
      const messages = said();
      await act(parts, "Validate Only");
      assert.notEqual(judged.length, 0);
      assert.match(messages.join("\n"), /^Accepted by mgmt at /);
    });

    for (const label of ["Validate Only", "Create Cluster"]) {
      it(`is cancelled while it is validated: ${label}`, async () => {
        const { cluster, judging, writing, written } = deliberating();
        const parts = await sessionOn(cluster);
        const messages = said();
        const button = cancelButton();
        writing.open();
        const done = act(parts, label);
        await judging.reached;
        button.cancel();
        await done;
        assert.deepEqual(written, []);
        assert.deepEqual(parts.session.model().phase, { kind: "editing" });
        assert.equal(parts.session.model().validation, undefined);
        assert.deepEqual(messages, []);
      });
    }

    it("is previewed with its secrets masked", async () => {
      await writeFile(
        "secret.profile.yaml",
        `${PROFILE}  variables:
    - { name: token, displayName: Token, format: string, inputType: text, required: true, isSensitive: true }
`,
      );
      const parts = await sessionOn(takesEverything([]), REQUEST.replace("corner.profile", "secret.profile"));
      await parts.session.edit(1, ["@variable", "token"], "hunter2");
      await act(parts, "Preview Objects");
      const [text = ""] = parts.shown;
      assert.match(text, /token: "?\*{8}/);
      assert.doesNotMatch(text, /hunter2/);
    });
  });
});
