/** A process that follows a management cluster as the views do: `node scaleFleet.ts KUBECONFIG CONTEXT`. */
import { connect, type Fleet, watchFleet } from "../../src/kube/index.ts";
import { tell } from "./scaleWatcher.ts";

const [path = "", context = ""] = process.argv.slice(2);
const started = Date.now();
const management = await connect({ path, context }, { allowExec: async () => false });
let previous: Fleet | undefined;
const told = new Set<string>();
watchFleet(management, (fleet) => {
  if (previous === undefined) {
    tell({ opened: Date.now() - started, objects: fleet.clusters.length });
  }
  for (const cluster of fleet.clusters) {
    for (const pool of cluster.pools) {
      for (const { version } of pool.machines) {
        if (version !== undefined && version.length > 6 && !told.has(version)) {
          told.add(version);
          tell({ seen: version.replace(/^v/, "") });
        }
      }
    }
  }
  previous = fleet;
});
