import assert from "node:assert/strict";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { after, before } from "node:test";
import type { AxeResults } from "axe-core";
import { build } from "esbuild";
import type { Browser, Page } from "playwright-core";
import { pageOptions, root } from "../../../scripts/bundles.ts";
import { pageHtml } from "../../../src/app/panels/page.ts";
import { launchBrowser } from "../../workbench/browser.ts";
import { temporaryPicture } from "../../workbench/pictures.ts";

/** VS Code's themes; test/fixtures/themes.json has the values they give to the properties that our pages use. */
export const THEMES = ["dark", "light", "dark-2026", "light-2026", "hc", "hc-light"] as const;
export type Theme = (typeof THEMES)[number];

/** Values by theme and property; `every` holds those that no theme changes. */
type Themes = Readonly<Record<string, Readonly<Record<string, string>>>>;

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".ttf": "font/ttf",
};

/** A panel's page, for the tests of a suite. */
export interface Panel {
  /** Opens the page in a theme and a width. */
  open(theme: Theme, width?: number): Promise<PanelPage>;
}

/** Gives the tests of the surrounding suite the page of the panel that is called `name`. */
export function usePanel(name: string): Panel {
  let server: PanelServer | undefined;
  before(async () => {
    server = await PanelServer.start(name);
  });
  after(() => server?.stop());
  return {
    async open(theme, width) {
      if (server === undefined) {
        throw new Error("The page is there once the tests run.");
      }
      return server.open(theme, width);
    },
  };
}

/** Serves a panel's page as VS Code would: the same HTML, files and content policy, and a host that writes down. */
class PanelServer implements Panel {
  readonly #server: Server;
  readonly #browser: Browser;
  readonly #folder: string;
  readonly #themes: Themes;

  private constructor(server: Server, browser: Browser, folder: string, themes: Themes) {
    this.#server = server;
    this.#browser = browser;
    this.#folder = folder;
    this.#themes = themes;
  }

  /** Builds all pages, and serves the one that is called `name` to a browser. */
  static async start(name: string): Promise<PanelServer> {
    const folder = await mkdtemp(join(tmpdir(), "palette-page-"));
    await build(pageOptions(folder, false));
    const themes = JSON.parse(await readFile(join(root, "test/fixtures/themes.json"), "utf8"));
    const server = createServer((request, response) => {
      const path = new URL(request.url ?? "/", "http://127.0.0.1").pathname;
      void answer(path).then(
        ([type, body]) => response.writeHead(200, { "content-type": type }).end(body),
        () => response.writeHead(404).end(),
      );
    });
    const panel = new PanelServer(server, await launchBrowser(), folder, themes);
    const answer = (path: string) => panel.#answer(path, name);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return panel;
  }

  get #origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    await this.#browser.close();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
    await rm(this.#folder, { recursive: true });
  }

  async open(theme: Theme, width = 320): Promise<PanelPage> {
    const page = await this.#browser.newPage({ viewport: { width, height: 900 } });
    const refused: string[] = [];
    page.on("console", (message) => {
      if (message.type() === "error") {
        refused.push(message.text());
      }
    });
    page.on("pageerror", (error) => refused.push(error.message));
    const classes = theme.startsWith("hc")
      ? `vscode-high-contrast${theme === "hc-light" ? " vscode-high-contrast-light" : ""}`
      : `vscode-${theme.split("-")[0]}`;
    await page.addInitScript(`
      globalThis.sent = [];
      globalThis.acquireVsCodeApi = () => ({
        postMessage: (message) => globalThis.sent.push(message),
        setState: (state) => { globalThis.kept = state; },
      });
      // A message of ours, which the page does not get: when it is here, those before it have been handled.
      addEventListener("message", (event) => {
        if (event.data === "handled") {
          event.stopImmediatePropagation();
          globalThis.handled();
        }
      });
      addEventListener("DOMContentLoaded", () => document.body.classList.add(...${JSON.stringify(classes.split(" "))}));
    `);
    await page.goto(`${this.#origin}/`);
    await page.addStyleTag({ url: `${this.#origin}/${theme}.theme.css` });
    return new PanelPage(page, refused);
  }

  async #answer(path: string, name: string): Promise<[string, string | Buffer]> {
    if (path === "/") {
      const html = pageHtml({
        title: name,
        script: `${this.#origin}/${name}.js`,
        style: `${this.#origin}/${name}.css`,
        cspSource: this.#origin,
        nonce: "AAAA",
      });
      return ["text/html", html];
    }
    const theme = /^\/([\w-]+)\.theme\.css$/.exec(path)?.[1];
    if (theme !== undefined) {
      const values = { ...this.#themes.every, ...this.#themes[theme] };
      const lines = Object.entries(values).map(([property, value]) => `${property}: ${value};`);
      return ["text/css", `:root { ${lines.join("\n")} }`];
    }
    return [TYPES[extname(path)] ?? "application/octet-stream", await readFile(join(this.#folder, path))];
  }
}

/** A panel's page in the browser. */
export class PanelPage {
  readonly page: Page;
  /** What the browser refused or the page threw: inline styles, other scripts, errors. */
  readonly refused: readonly string[];

  constructor(page: Page, refused: readonly string[]) {
    this.page = page;
    this.refused = refused;
  }

  /** Says something to the page, as its host does. */
  async say(message: unknown): Promise<void> {
    await this.page.evaluate(`postMessage(${JSON.stringify(message)}, "*")`);
    await this.page.evaluate(
      "new Promise((done) => { globalThis.handled = done; postMessage('handled', '*'); })",
    );
  }

  /** From here on time passes in `page.clock.runFor` only, however long the machine takes. */
  async stopTime(): Promise<void> {
    await this.page.clock.install({ time: 0 });
    await this.page.clock.pauseAt(1000);
  }

  /** What the page has said to its host so far. */
  sent(): Promise<unknown[]> {
    return this.page.evaluate("globalThis.sent");
  }

  /** Violations of accessibility rules, in words; the window is made as tall as the page first. */
  async violations(): Promise<string[]> {
    const height = await this.page.evaluate<number>("document.documentElement.scrollHeight");
    await this.page.setViewportSize({
      width: this.page.viewportSize()?.width ?? 320,
      height: Math.max(400, height),
    });
    return axeViolations((script) => this.page.evaluate(script));
  }

  /** Asserts that the page as it stands is accessible and does not scroll sideways; keeps how it looks as `picture`. */
  async assertReadable(picture: string): Promise<void> {
    assert.deepEqual(await this.violations(), [], picture);
    assert.equal(
      await this.page.evaluate("document.documentElement.scrollWidth"),
      this.page.viewportSize()?.width,
      `${picture} scrolls sideways`,
    );
    await this.page.screenshot({ path: temporaryPicture(picture) });
  }
}

/** Runs axe where `evaluate` evaluates, and gives what it objects to. */
export async function axeViolations(evaluate: (script: string) => Promise<unknown>): Promise<string[]> {
  await evaluate(`${await readFile(join(root, "node_modules/axe-core/axe.min.js"), "utf8")};0`);
  const { violations, incomplete } = (await evaluate("axe.run()")) as AxeResults;
  return [
    ...violations,
    // What axe cannot decide for contrast is looked at as well: it must be nothing.
    ...incomplete.filter(({ id }) => id === "color-contrast"),
  ].flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html}: ${node.failureSummary ?? ""}`));
}
