import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "../bundles.ts";
import { leftOut } from "../lockfile.ts";
import { node, outcome } from "../processes.ts";
import type { TestResult } from "./results.ts";

/** What is true of the source as a whole, each check one result. */
export async function checks(temporary: string): Promise<TestResult[]> {
  const bin = (name: string) => join(root, "node_modules/.bin", name);
  const program = (name: string, script: string, ...args: string[]) =>
    check(name, node, join(root, "node_modules", script), ...args);
  return [
    await check("types", bin("tsc"), "-p", "."),
    await check("types of the pages", bin("tsc"), "-p", "src/webview"),
    await check("format, lint and room rule", bin("biome"), "check", "."),
    await rooms(),
    await lockFile(),
    await program("unused code", "knip/bin/knip.js"),
    await check("build and bundle sizes", node, "scripts/build.ts"),
    await check("package", node, "scripts/package.ts", join(temporary, "palette-onboarding.vsix")),
  ];
}

async function check(name: string, command: string, ...args: string[]): Promise<TestResult> {
  const { code, output } = await outcome(command, args, { cwd: root });
  if (code !== 0 || name === "build and bundle sizes") {
    console.log(output.trim());
  }
  return say(
    code === 0
      ? { outcome: "passed", name }
      : { outcome: "failed", name, reason: `${command} ended with ${code}` },
  );
}

/** Every folder of src/ is a room that the linter watches (biome.json, overrides): a new one cannot slip past it. */
async function rooms(): Promise<TestResult> {
  const name = "every folder of src/ has an import rule";
  const folders = await readdir(join(root, "src"), { withFileTypes: true });
  const config = await readFile(join(root, "biome.json"), "utf8");
  const free = folders.filter(
    (folder) => folder.isDirectory() && !config.includes(`"src/${folder.name}/**"`),
  );
  const reason = `biome.json has none for ${free.map((folder) => folder.name).join(", ")}`;
  return say(free.length === 0 ? { outcome: "passed", name } : { outcome: "failed", name, reason });
}

/** `npm ci` refuses a lock file that lacks the binaries of another platform, on every platform. */
async function lockFile(): Promise<TestResult> {
  const name = "package-lock.json names every platform";
  const missing = Object.keys(leftOut(JSON.parse(await readFile(join(root, "package-lock.json"), "utf8"))));
  const reason = `it lacks ${missing.join(", ")}; run npm run lockfile`;
  return say(missing.length === 0 ? { outcome: "passed", name } : { outcome: "failed", name, reason });
}

function say(result: TestResult): TestResult {
  console.log(`${result.outcome === "passed" ? "✔" : "✖"} ${result.name}`);
  return result;
}
