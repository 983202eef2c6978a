import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import * as vscode from "vscode";
import { LanguageClient, TransportKind } from "vscode-languageclient/node";
import { newProfile } from "../../src/profile/index.ts";
import { eventually, extension, openFile, writeFile } from "./support.ts";

/**
 * Red Hat's YAML extension cannot be installed here, so its client stands in the test: the languages, and the schemas
 * of all extensions, that src/extension.ts of redhat-developer/vscode-yaml 1.25.0 gives to the same server.
 */
const LANGUAGES = [
  "yaml",
  "yaml-textmate",
  "yaml-tmlanguage",
  "ansible",
  "azure-pipelines",
  "dockercompose",
  "github-actions-workflow",
  "home-assistant",
  "manifest-yaml",
  "spring-boot-properties-yaml",
];

interface YamlValidation {
  readonly fileMatch: string | readonly string[];
  readonly url: string;
}

function schemaAssociations(): { fileMatch: string[]; uri: string }[] {
  return vscode.extensions.all.flatMap(({ packageJSON, extensionUri }) =>
    ((packageJSON.contributes?.yamlValidation ?? []) as YamlValidation[]).map(({ fileMatch, url }) => ({
      fileMatch: [fileMatch].flat().map((each) => (/^(\w+:\/\/|\/|!)/.test(each) ? each : `/${each}`)),
      uri: url.startsWith("./") ? vscode.Uri.joinPath(extensionUri, url).toString() : url,
    })),
  );
}

const VALID = newProfile({ name: "doubled", type: "cluster", cloudType: "docker" });
/** Wrong for the schema and for our rules. */
const INVALID = VALID.replace("type: cluster", "type: clustre");
const REQUEST = "apiVersion: palette-onboarding/v1\nkind: ClusterRequest\n";

const sourcesOf = (uri: vscode.Uri): string[] => [
  ...new Set(
    vscode.languages.getDiagnostics(uri).map(({ source }) => (source === "palette" ? "Palette" : "YAML")),
  ),
];

describe("beside Red Hat's YAML extension", () => {
  let client: LanguageClient;
  before(async () => {
    const module = vscode.Uri.joinPath(
      extension().extensionUri,
      "node_modules/yaml-language-server/bin/yaml-language-server",
    ).fsPath;
    client = new LanguageClient(
      "yaml",
      "YAML Support",
      { module, transport: TransportKind.stdio },
      { documentSelector: LANGUAGES.map((language) => ({ language })) },
    );
    await client.start();
    await client.sendNotification("json/schemaAssociations", schemaAssociations());
    // Our server is there, and reads the workspace.
    await openFile(await writeFile("first.profile.yaml", VALID));
  });
  after(() => client.stop());

  /** Waits for the problems of one source, and longer, so that those of the other would have come too. */
  async function only(source: string, uri: vscode.Uri): Promise<void> {
    await eventually(`${source}'s problems`, () => sourcesOf(uri).includes(source));
    await new Promise((resolve) => setTimeout(resolve, 1500));
    assert.deepEqual(sourcesOf(uri), [source]);
  }

  for (const [name, text, language] of [
    ["doubled.profile.yaml", INVALID, "palette-profile"],
    ["doubled.profile.yml", INVALID, "palette-profile"],
    ["doubled.cluster.yaml", REQUEST, "palette-cluster"],
    ["doubled.cluster.yml", REQUEST, "palette-cluster"],
  ] as const) {
    it(`checks ${name} alone`, async () => {
      const document = await openFile(await writeFile(name, text));
      assert.equal(document.languageId, language);
      await only("Palette", document.uri);
    });
  }

  it("leaves a profile to it that is mapped to YAML, and takes it back", async () => {
    const uri = await writeFile("mapped.profile.yaml", INVALID);
    await eventually("what is said about a closed file", () => sourcesOf(uri).includes("Palette"));
    const document = await openFile(uri);
    await only("Palette", uri);
    await vscode.languages.setTextDocumentLanguage(document, "yaml");
    await only("YAML", uri);

    // The file is written: our server reads it again.
    const edit = new vscode.WorkspaceEdit();
    edit.insert(uri, new vscode.Position(0, 0), "# Changed.\n");
    await vscode.workspace.applyEdit(edit);
    await document.save();
    await only("YAML", uri);

    await vscode.languages.setTextDocumentLanguage(document, "palette-profile");
    await only("Palette", uri);
  });

  it("leaves a closed profile to it when it is opened as YAML", async () => {
    const files = vscode.workspace.getConfiguration("files");
    const uri = await writeFile("associated.profile.yaml", INVALID);
    await eventually("what is said about a closed file", () => sourcesOf(uri).includes("Palette"));
    await files.update("associations", { "associated.*": "yaml" }, vscode.ConfigurationTarget.Workspace);
    try {
      const document = await eventually("the mapping", async () => {
        const opened = await openFile(uri);
        return opened.languageId === "yaml" ? opened : undefined;
      });
      await only("YAML", document.uri);
      await vscode.commands.executeCommand("workbench.action.closeActiveEditor");
    } finally {
      await files.update("associations", undefined, vscode.ConfigurationTarget.Workspace);
    }
  });
});
