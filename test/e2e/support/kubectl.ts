import { globSync } from "node:fs";
import { foldersOf } from "../../../sandbox/paths.ts";
import { run } from "../../../scripts/processes.ts";

/** Runs the kubectl that is built with the engines; gives what it wrote. Throws its message when it fails. */
export async function kubectl(kubeconfig: string, ...args: string[]): Promise<string> {
  const [program] = globSync("**/kubectl", { cwd: foldersOf().engines });
  if (program === undefined) {
    throw new Error("The engines are not built.");
  }
  return run(`${foldersOf().engines}/${program}`, ["--kubeconfig", kubeconfig, ...args]);
}
