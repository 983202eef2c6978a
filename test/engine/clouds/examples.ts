import { readdirSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { render } from "../../../src/cli/commands/render.ts";
import { describeError } from "../../../src/shared/errors.ts";
import type { KubeObject } from "../../../src/shared/kubernetes.ts";

/** The root of the repository. */
export const root: string = resolve(import.meta.dirname, "../../..");
const clouds = join(root, "src/cluster/clouds");

/** The ids of all clouds: the folders that have examples. */
export function cloudIds(): string[] {
  return readdirSync(clouds, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && examplesOf(entry.name).length > 0)
    .map(({ name }) => name)
    .sort();
}

/** Where a cloud keeps its examples. */
export function examplesFolder(cloud: string): string {
  return join(clouds, cloud, "examples");
}

/** The example requests of a cloud, as paths from the root of the repository. */
export function examplesOf(cloud: string): string[] {
  const folder = examplesFolder(cloud);
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith(".cluster.yaml"))
      .map((name) => relative(root, join(folder, name)))
      .sort();
  } catch {
    return [];
  }
}

/** What `palette render` makes of a request file. Throws with its words where it makes nothing. */
export async function objectsOf(file: string): Promise<KubeObject[]> {
  const out: string[] = [];
  const err: string[] = [];
  const io = {
    out: (text: string) => void out.push(text),
    err: (line: string) => void err.push(line),
    cwd: root,
    today: "2026-01-01",
    env: {},
    signal: new AbortController().signal,
  };
  let code: number;
  try {
    code = await render.run([file, "--output", "json"], io);
  } catch (error) {
    err.push(describeError(error));
    code = 1;
  }
  if (code !== 0) {
    throw new Error(`${file} is not rendered:\n${err.join("\n")}`);
  }
  return JSON.parse(out.join("\n")) as KubeObject[];
}
