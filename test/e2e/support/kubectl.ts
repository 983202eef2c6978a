import { join } from "node:path";
import { run } from "../../../scripts/processes.ts";

/** Runs the kubectl of the management cluster whose home this is; gives what it wrote. Throws its message when it fails. */
export function kubectl(home: string, kubeconfig: string, ...args: string[]): Promise<string> {
  return run(join(home, "sandbox/kubectl"), ["--kubeconfig", kubeconfig, ...args]);
}
