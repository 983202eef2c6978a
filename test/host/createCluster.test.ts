import assert from "node:assert/strict";
import { after, afterEach, before, describe, it } from "mocha";
import * as vscode from "vscode";
import { createClusterQuickPick } from "../../src/app/commands/createClusterQuickPick.ts";
import { previewCluster } from "../../src/app/commands/previewCluster.ts";
import { Connection } from "../../src/app/connection/connection.ts";
import { ContextKeys } from "../../src/app/contextKeys.ts";
import { Log } from "../../src/app/log.ts";
import { ADD_ON } from "../../src/app/panels/createCluster/addOns.ts";
import { RequestText } from "../../src/app/panels/createCluster/requestText.ts";
import { loadRooms } from "../../src/app/panels/createCluster/rooms.ts";
import { CreateSession } from "../../src/app/panels/createCluster/session.ts";
import { isPaletteError } from "../../src/shared/errors.ts";
import type { KubeObject } from "../../src/shared/kubernetes.ts";
import { OWN_CHARTS } from "../ownChart.ts";
import { appWith, connectedTo, PROFILE, REQUEST, takesEverything } from "./clusterForm.ts";
import { eventually, writeFile } from "./support.ts";

describe("creating clusters", () => {
  const log = new Log();
  let request: vscode.Uri;

  before(async () => {
    await writeFile("corner.profile.yaml", PROFILE);
    request = await writeFile("corner.cluster.yaml", REQUEST);
  });
  afterEach(() => vscode.commands.executeCommand("workbench.action.closeAllEditors"));
  after(() => log.dispose());

  /** Tabs with a form in them; VS Code prefixes the kinds of panels. */
  const forms = () =>
    vscode.window.tabGroups.all
      .flatMap(({ tabs }) => tabs)
      .filter(
        ({ input }) => input instanceof vscode.TabInputWebview && /createCluster$/.test(input.viewType),
      );

  /** A connection that remembers a kubeconfig, as VS Code would hand it over after a restart. */
  const remembering = (choice: { path: string; context: string } | undefined) => {
    const memento = { get: () => choice, update: async () => undefined, keys: () => [] };
    return new Connection(
      { workspaceState: memento, globalState: memento } as unknown as vscode.ExtensionContext,
      new ContextKeys(),
      log,
    );
  };

  it("opens a form without a management cluster, and each time another one", async () => {
    await vscode.commands.executeCommand("palette.createCluster");
    await eventually("the form", () => forms().length === 1);
    await vscode.commands.executeCommand("palette.createCluster");
    await eventually("another form", () => forms().length === 2);
  });

  it("opens one form for each request file", async () => {
    await vscode.commands.executeCommand("palette.createCluster", request);
    await eventually("the form", () => forms().length === 1);
    await vscode.commands.executeCommand("palette.createCluster", request);
    await vscode.commands.executeCommand(
      "palette.createCluster",
      await writeFile("other.cluster.yaml", REQUEST),
    );
    await eventually("the other form", () => forms().length > 1);
    assert.equal(forms().length, 2);
  });

  it("asks nothing by quick pick without a management cluster, and offers to connect one", async () => {
    const { app } = appWith(remembering(undefined));
    await assert.rejects(createClusterQuickPick(app), (error) => {
      assert.ok(isPaletteError(error, "Prerequisite"), String(error));
      const { remedies } = error as unknown as { remedies: readonly { title: string }[] };
      assert.deepEqual(
        remedies.map(({ title }) => title),
        ["Connect", "Start Local One"],
      );
      return true;
    });
  });

  it("uses no kubeconfig of a workspace that is not trusted, and previews nonetheless", async () => {
    const kubeconfig = await writeFile("kubeconfig.yaml", "apiVersion: v1\nkind: Config\n");
    const trusted = Object.getOwnPropertyDescriptor(vscode.workspace, "isTrusted");
    Object.defineProperty(vscode.workspace, "isTrusted", { configurable: true, get: () => false });
    try {
      const { app, shown } = appWith(remembering({ path: kubeconfig.fsPath, context: "mgmt" }));
      await assert.rejects(
        createClusterQuickPick(app),
        (error) => isPaletteError(error, "Forbidden") && /which is not trusted/.test(error.message),
      );
      await previewCluster(app, request);
      assert.match(shown[0] ?? "", /^kind: Cluster$/m);
    } finally {
      Object.defineProperty(vscode.workspace, "isTrusted", trusted ?? {});
    }
  });

  describe("from a profile with a chart of a registry of the user's own", () => {
    const repositories = (objects: readonly KubeObject[]) =>
      objects.flatMap((object) => JSON.stringify(object).match(/"repositoryURL":"[^"]*"/g) ?? []);

    it("plans it in the form and its twin by quick pick, which are one session", async () => {
      const judged: KubeObject[] = [];
      const { app } = appWith(connectedTo(takesEverything(judged)));
      const document = await vscode.workspace.openTextDocument(request);
      const text = new RequestText(document.getText(), document);
      const session = new CreateSession(app, await loadRooms(), text, () => undefined);
      try {
        await session.settled();
        const expected = `"repositoryURL":"${OWN_CHARTS}"`;
        assert.ok(repositories(session.objects()).includes(expected), "in what the form shows");
        assert.equal(await session.validate(), true, JSON.stringify(session.model().failure));
        assert.ok(repositories(judged).includes(expected), "in what the management cluster judges");
      } finally {
        session.dispose();
        text.dispose();
      }
    });

    it("takes add-on profiles along, and leaves them again", async () => {
      const { app } = appWith(connectedTo(takesEverything([])));
      const document = await vscode.workspace.openTextDocument(await writeFile("more.cluster.yaml", REQUEST));
      const text = new RequestText(document.getText(), document);
      const session = new CreateSession(app, await loadRooms(), text, () => undefined);
      const label = (objects: readonly KubeObject[]) =>
        Object.keys(objects.find(({ kind }) => kind === "Cluster")?.metadata.labels ?? {}).filter((key) =>
          key.startsWith("profile.palette-onboarding/"),
        ).length;
      try {
        await session.settled();
        const first = session
          .model()
          .addOnChoices.find(({ label: text }) => text.startsWith("observability "));
        assert.ok(first, "it ships with the extension");
        await session.edit(1, [ADD_ON, first.value], true);
        assert.equal(session.request.profiles.length, 2);
        // It has a variable without a default: that is said, and nothing is planned.
        assert.match(session.model().problems[0]?.text ?? "", /needs values of its own/);
        assert.deepEqual(session.objects(), []);
        await session.edit(2, [ADD_ON, first.value], false);
        assert.equal(session.request.profiles.length, 1);
        assert.equal(label(session.objects()), 1);
      } finally {
        session.dispose();
        text.dispose();
      }
    });

    it("previews it on a management cluster, and without one", async () => {
      const judged: KubeObject[] = [];
      const connected = appWith(connectedTo(takesEverything(judged)));
      await previewCluster(connected.app, request);
      const alone = appWith(remembering(undefined));
      await previewCluster(alone.app, request);
      for (const [text = ""] of [connected.shown, alone.shown]) {
        assert.match(text, new RegExp(`repositoryURL: ${OWN_CHARTS}$`, "m"));
      }
      assert.deepEqual(judged, []);
    });
  });
});
