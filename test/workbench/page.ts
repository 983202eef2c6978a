import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import type { Locator, Page } from "playwright-core";
import { STARTING_MS } from "./browser.ts";
import { documentedPicture } from "./pictures.ts";

/** What a person does in a VS Code window, by keyboard where a keyboard is enough. */
export class WorkbenchPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Runs a command by its title in the command palette, for example `Palette: Create Cluster`. */
  async command(title: string): Promise<void> {
    const label = this.page.locator(`.label-name`, { hasText: exactly(title) });
    await this.#quickOpen("F1", `>${title}`, this.rows.filter({ has: label }).first());
  }

  /** Opens a file of the workspace by its name. */
  async open(file: string): Promise<void> {
    await this.#quickOpen("Control+P", file, this.rows.filter({ hasText: file }).first());
    await this.tab(file).waitFor();
    await this.editor.waitFor();
  }

  /** Waits for the quick pick or input box that asks `question` (its placeholder or its prompt). */
  async question(question: string | RegExp): Promise<void> {
    const placeholder = this.widget.getByPlaceholder(question);
    const prompt = this.widget.locator(".quick-input-message", { hasText: question });
    await placeholder.or(prompt).first().waitFor();
  }

  /** Answers the input box that asks `question`. */
  async answer(question: string | RegExp, text: string): Promise<void> {
    await this.question(question);
    await this.input.fill(text);
    await this.page.keyboard.press("Enter");
  }

  /** Chooses the row with `label` of the quick pick that asks `question`. */
  async choose(question: string | RegExp, label: string | RegExp): Promise<void> {
    await this.question(question);
    await this.rows.filter({ hasText: label }).first().click();
  }

  /** Moves the cursor to the start of a line, counted from 1. */
  async goToLine(line: number): Promise<void> {
    await this.#quickOpen("Control+G", `:${line}`);
    await this.page.keyboard.press("Enter");
    await this.widget.waitFor({ state: "hidden" });
    await this.page.keyboard.press("Home");
    await this.page.keyboard.press("Home");
  }

  /** Deletes lines `from` to `to`, both included, as a person does. */
  async deleteLines(from: number, to: number): Promise<void> {
    await this.goToLine(from);
    for (let line = from; line <= to; line += 1) {
      await this.page.keyboard.press("Shift+ArrowDown");
    }
    await this.page.keyboard.press("Delete");
  }

  /** Applies the code action with `title` at the cursor. */
  async quickFix(title: string | RegExp): Promise<void> {
    await this.page.keyboard.press("Control+.");
    const action = this.page.locator(".action-widget .monaco-list-row", { hasText: title }).first();
    await action.waitFor();
    await action.click();
  }

  /** Says yes to the question that VS Code asks about a new folder. */
  async trustFolder(): Promise<void> {
    const yes = this.page.getByRole("button", { name: "Yes, I trust the authors" });
    await yes.click({ timeout: STARTING_MS });
  }

  /** Unfolds a row of a tree, when it is folded; one that has nothing below it yet is waited for. */
  async expand(text: string | RegExp): Promise<void> {
    const row = this.page.locator("[role=treeitem][aria-expanded]", { hasText: text }).first();
    await row.waitFor();
    if ((await row.getAttribute("aria-expanded")) === "false") {
      await row.locator(".monaco-tl-twistie").click();
    }
  }

  /** A row of any tree (explorer, Clusters, Profiles, problems) that contains `text`. */
  treeItem(text: string | RegExp): Locator {
    return this.page.locator("[role=treeitem]", { hasText: text });
  }

  /** Drags the edge of the side bar to the right. */
  async widenSideBar(pixels: number): Promise<void> {
    const box = await this.page.locator(".part.sidebar").boundingBox();
    if (box === null) {
      throw new Error("The side bar is not shown.");
    }
    const edge = box.x + box.width + 1;
    await this.page.mouse.move(edge, box.y + box.height / 2);
    await this.page.mouse.down();
    await this.page.mouse.move(edge + pixels, box.y + box.height / 2, { steps: 5 });
    await this.page.mouse.up();
  }

  /** The title tab of an open editor. */
  tab(title: string | RegExp): Locator {
    return this.page.locator(".tabs-container .tab", { hasText: title });
  }

  /** A notification that contains `text`. */
  notification(text: string | RegExp): Locator {
    return this.page.locator(".notification-toast .notification-list-item", { hasText: text });
  }

  /** Makes a picture of the window; gives no cursor and no tooltip a chance to differ. */
  async screenshot(path: string): Promise<void> {
    await mkdir(dirname(path), { recursive: true });
    await this.page.mouse.move(0, 0);
    await this.page.screenshot({ path, animations: "disabled", caret: "hide" });
  }

  /** Takes a picture for a person to look at; into the documentation only when asked (PALETTE_SCREENSHOTS=1). */
  picture(name: string): Promise<void> {
    return this.screenshot(documentedPicture(name));
  }

  /**
   * Opens quick input by its key, types into it and takes `row`. Again where an editor that opens just then takes the focus
   * away: quick input closes, whether anything stood in it or not, and a key would go to that editor.
   */
  async #quickOpen(key: string, text: string, row?: Locator): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      await this.page.keyboard.press(key);
      try {
        await this.input.fill(text, { timeout: 3000 });
        await row?.click({ timeout: 10_000 });
        return;
      } catch (error) {
        if (attempt === 5) {
          throw error;
        }
      }
    }
  }

  get editor(): Locator {
    return this.page.locator(".editor-group-container.active .monaco-editor").first();
  }

  get widget(): Locator {
    return this.page.locator(".quick-input-widget");
  }

  get input(): Locator {
    return this.widget.locator("input.input");
  }

  get rows(): Locator {
    return this.widget.locator(".quick-input-list .monaco-list-row");
  }
}

function exactly(text: string): RegExp {
  return new RegExp(`^\\s*${text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}\\s*$`);
}
