import { type Browser, chromium, type Page } from "playwright-core";
import { findChromium } from "../../scripts/chromium.ts";

/** Starts Chromium without a window. Throws when this machine has none. */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = await findChromium();
  if (executablePath === undefined) {
    throw new Error("Chromium is missing.");
  }
  return chromium.launch({
    executablePath,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

/** How long a window and its extensions may take until they are there: machines that test many things are slow. */
export const STARTING_MS = 180_000;

/** Opens a window of VS Code in a profile of its own and waits until its workbench is there. */
export async function openWindow(
  browser: Browser,
  address: string,
  viewport = { width: 1360, height: 940 },
): Promise<Page> {
  const context = await browser.newContext({ viewport, colorScheme: "dark", locale: "en-US" });
  const page = await context.newPage();
  await page.goto(address, { timeout: STARTING_MS });
  await page.locator(".monaco-workbench .statusbar").waitFor({ timeout: STARTING_MS });
  return page;
}
