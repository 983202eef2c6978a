import assert from "node:assert/strict";
import { existsSync, globSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, it } from "node:test";
import { COMMANDS, CONTEXT, ITEMS, LANGUAGES, PANELS, VIEWS, WALKTHROUGH } from "../../../src/app/ids.ts";

const root = resolve(import.meta.dirname, "../../..");
const manifest = JSON.parse(readFileSync(resolve(root, "package.json"), "utf8"));
const contributes = manifest.contributes;
const code = globSync("src/{app,extension.ts}{,/**/*.ts}", { cwd: root })
  .filter((path) => path.endsWith(".ts") && !path.endsWith("/ids.ts"))
  .map((path) => readFileSync(resolve(root, path), "utf8"))
  .join("\n");

/** Every `when` and `enablement` clause, with where it stands. */
const clauses: { where: string; clause: string }[] = [];
const collect = (node: unknown, where: string): void => {
  if (typeof node === "object" && node !== null) {
    for (const [key, value] of Object.entries(node)) {
      if ((key === "when" || key === "enablement") && typeof value === "string") {
        clauses.push({ where, clause: value });
      } else {
        collect(value, `${where}/${key}`);
      }
    }
  }
};
collect(contributes, "contributes");

const steps: {
  id: string;
  description: string;
  media: { svg: string; altText: string };
  completionEvents: string[];
}[] = contributes.walkthroughs[0].steps;
const prose = [
  ...contributes.viewsWelcome.map(({ contents }: { contents: string }) => contents),
  ...steps.map(({ description }) => description),
].join("\n");

describe("contributions and code agree", () => {
  it("on commands", () => {
    assert.deepEqual(
      contributes.commands.map(({ command }: { command: string }) => command).sort(),
      [...COMMANDS].sort(),
    );
  });

  it("on commands in menus and links", () => {
    const inMenus = Object.values(contributes.menus as Record<string, { command: string }[]>)
      .flat()
      .map(({ command }) => command);
    const inLinks = [...prose.matchAll(/\(command:(palette\.[\w.]+)\)/g)].map(([, command]) => command ?? "");
    const focus = Object.values(VIEWS).map((view) => `${view}.focus`);
    for (const command of [...inMenus, ...inLinks]) {
      assert.ok([...COMMANDS, ...focus].includes(command), `${command} is used but not contributed`);
    }
  });

  it("on commands that code runs", () => {
    const focus = Object.values(VIEWS).map((view) => `${view}.focus`);
    for (const [, command] of code.matchAll(/executeCommand\(\s*"(palette\.[\w.]+)"/g)) {
      assert.ok([...COMMANDS, ...focus].includes(command ?? ""), `${command} is run but not contributed`);
    }
  });

  it("on views", () => {
    assert.deepEqual(
      contributes.views.palette.map(({ id }: { id: string }) => id).sort(),
      Object.values(VIEWS).sort(),
    );
    for (const { view } of contributes.viewsWelcome) {
      assert.ok(Object.values(VIEWS).includes(view), `${view} has a welcome but does not exist`);
    }
  });

  it("on the walkthrough", () => {
    assert.equal(contributes.walkthroughs[0].id, WALKTHROUGH);
  });

  it("on languages, each with a configuration, which makes its activation implicit", () => {
    assert.deepEqual(
      contributes.languages.map(({ id }: { id: string }) => id).sort(),
      Object.values(LANGUAGES).sort(),
    );
    for (const { id, configuration } of contributes.languages) {
      assert.ok(existsSync(resolve(root, configuration)), `${id} lacks ${configuration}`);
    }
  });

  it("on context keys, which are all read somewhere and all set somewhere", () => {
    const events = steps.flatMap(({ completionEvents }) => completionEvents);
    const read = new Set(
      [...clauses.map(({ clause }) => clause), ...events.filter((event) => event.startsWith("onContext:"))]
        .flatMap((text) => [...text.matchAll(/palette\.\w+/g)].map(([key]) => key))
        .filter((key) => !(Object.values(VIEWS) as string[]).includes(key)),
    );
    assert.deepEqual([...read].sort(), Object.values(CONTEXT).sort());
    for (const name of Object.keys(CONTEXT)) {
      assert.ok(
        code.includes(`.set(CONTEXT.${name}`) || code.includes(`CONTEXT.${name},`),
        `${name} is never set`,
      );
    }
  });

  it("on settings, and a workspace that is not trusted sets none that reaches the network", () => {
    const settings: Record<string, { tags?: string[] }> = contributes.configuration.properties;
    for (const [name, { tags = [] }] of Object.entries(settings)) {
      const [section, key] = name.split(".");
      assert.ok(code.includes(`getConfiguration("${section}").get("${key}")`), `${name} is never read`);
      assert.ok(
        !tags.includes("usesOnlineServices") ||
          manifest.capabilities.untrustedWorkspaces.restrictedConfigurations.includes(name),
        name,
      );
    }
  });

  it("on tree items: every viewItem in a menu is one that a tree makes", () => {
    const made: readonly string[] = Object.values(ITEMS);
    for (const { where, clause } of clauses) {
      for (const [, value] of clause.matchAll(/viewItem == ([\w.]+)/g)) {
        assert.ok(made.includes(value ?? ""), `${where}: no tree makes ${value}`);
      }
      for (const [, pattern] of clause.matchAll(/viewItem =~ \/(.+?)\/(?:\s|$)/g)) {
        assert.ok(
          made.some((value) => new RegExp(pattern ?? "").test(value)),
          `${where}: no tree makes anything like ${pattern}`,
        );
      }
    }
    for (const name of Object.keys(ITEMS)) {
      assert.ok(code.includes(`ITEMS.${name}`), `no tree makes ${name}`);
    }
  });
});

describe("contributions are complete", () => {
  it("commands have the category and a title in title case without dots", () => {
    for (const { command, title, category } of contributes.commands) {
      assert.equal(category, "Palette", command);
      assert.match(title, /^[A-Z]/, command);
      assert.doesNotMatch(title, /\.|!|please/i, command);
    }
  });

  it("every file that is named exists", () => {
    const named: string[] = [
      manifest.icon,
      ...contributes.languages.flatMap(({ icon }: { icon: Record<string, string> }) => Object.values(icon)),
      ...contributes.grammars.map(({ path }: { path: string }) => path),
      ...contributes.viewsContainers.activitybar.map(({ icon }: { icon: string }) => icon),
      ...steps.map(({ media }) => media.svg),
    ];
    for (const path of named) {
      assert.ok(existsSync(resolve(root, path)), path);
    }
  });

  it("every step of the tour has a picture with words for it and is ticked by something", () => {
    for (const { id, media, completionEvents } of steps) {
      assert.ok(media.altText.length > 10, id);
      assert.ok(completionEvents.length > 0, id);
    }
  });

  it("pictures keep to what VS Code's content policy lets through, and take their colors from the theme", () => {
    for (const { media } of steps) {
      const picture = readFileSync(resolve(root, media.svg), "utf8");
      assert.doesNotMatch(picture, /<style|style=|<script|<image|href=/, media.svg);
      assert.match(picture, /<title /, media.svg);
      assert.match(picture, /<desc /, media.svg);
      for (const [, color] of picture.matchAll(/(?:fill|stroke)="([^"]+)"/g)) {
        assert.match(color ?? "", /^(none|var\(--vscode-.*\))$/, media.svg);
      }
      for (const [, size] of picture.matchAll(/font-size="(\d+)"/g)) {
        assert.ok(Number(size) >= 12, `${media.svg} has text of ${size} px`);
      }
    }
  });

  it("activates on nothing beyond what views, commands and languages imply, but for panels that come back", () => {
    assert.deepEqual(
      manifest.activationEvents,
      Object.values(PANELS).map((type) => `onWebviewPanel:${type}`),
    );
  });

  it("works in part without trust, and says how", () => {
    assert.equal(manifest.capabilities.untrustedWorkspaces.supported, "limited");
    assert.equal(manifest.capabilities.virtualWorkspaces.supported, "limited");
  });

  it("gives a YAML extension our schema and none of our documents", () => {
    const patterns = (id: string): string[] =>
      contributes.languages.find((language: { id: string }) => language.id === id)?.filenamePatterns;
    // Such an extension goes by the language, and nothing here makes plain YAML of a file of ours.
    assert.deepEqual(
      contributes.languages.map(({ id }: { id: string }) => id).sort(),
      Object.values(LANGUAGES).sort(),
    );
    assert.equal(contributes.configurationDefaults["files.associations"], undefined);
    assert.deepEqual(
      contributes.yamlValidation.flatMap(({ fileMatch }: { fileMatch: string[] }) => fileMatch),
      patterns(LANGUAGES.profile),
    );
  });
});
