/** A process that follows a management cluster as the views do: `node scaleFleet.ts KUBECONFIG CONTEXT MACHINES`. */
import { connect, watchFleet } from "../../src/kube/index.ts";
import { tell } from "./scaleWatcher.ts";

const [path = "", context = "", expected] = process.argv.slice(2);
/** Versions of machines from here on are changes of the measurement. */
const LONGEST_OWN = "1.36.4".length;
const started = Date.now();
const management = await connect({ path, context }, { allowExec: async () => false });
const told = new Set<string>();
let opened = false;
let complete = false;
watchFleet(management, (fleet) => {
  if (!opened && fleet.clusters.length > 0) {
    opened = true;
    tell({ opened: Date.now() - started });
  }
  const machines = fleet.clusters.flatMap(({ pools }) => pools.flatMap((pool) => pool.machines));
  if (!complete && machines.length >= Number(expected)) {
    complete = true;
    tell({ complete: Date.now() - started });
  }
  for (const { version } of machines) {
    if (version !== undefined && version.length > LONGEST_OWN && !told.has(version)) {
      told.add(version);
      tell({ seen: version });
    }
  }
});
