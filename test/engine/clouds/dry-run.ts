/**
 * `node test/engine/clouds/dry-run.ts [CLOUD…]`: renders the examples of clouds and prints each refusal of a real
 * API server. It starts a server and ends it, or asks the one whose kubeconfig `CLOUDS_KUBECONFIG` names.
 * `node test/engine/clouds/dry-run.ts --serve [FOLDER…]` starts one and keeps it until Ctrl-C; the folders hold
 * further CRDs (`…/bases`).
 */
import { connect } from "../../../src/kube/index.ts";
import { definitionsIn } from "./definitions.ts";
import { cloudIds, examplesOf, objectsOf } from "./examples.ts";
import { judge } from "./judge.ts";
import { startCloudServer } from "./server.ts";

const [first, ...rest] = process.argv.slice(2);
if (first === "--serve") {
  await serve(rest);
} else {
  process.exitCode = await print(first === undefined ? cloudIds() : [first, ...rest]);
}

async function serve(folders: readonly string[]): Promise<void> {
  const more = await Promise.all(folders.map(definitionsIn));
  const { status, end } = await startCloudServer(more.flat());
  console.log(`CLOUDS_KUBECONFIG=${status.kubeconfig}`);
  const forever = setInterval(() => undefined, 60_000);
  process.once("SIGINT", () => {
    clearInterval(forever);
    void end();
  });
}

async function print(clouds: readonly string[]): Promise<number> {
  const path = process.env.CLOUDS_KUBECONFIG;
  const { management, end } =
    path === undefined
      ? await startCloudServer()
      : await connect({ path, context: "palette-sandbox" }, { allowExec: async () => false }).then(
          (server) => ({
            management: server,
            end: async () => server.close(),
          }),
        );
  let wrong = 0;
  for (const file of clouds.flatMap(examplesOf)) {
    try {
      const objects = await objectsOf(file);
      const { refusals, notJudged } = await judge(management, objects);
      wrong += refusals.length;
      console.log(`${file}: ${objects.length} objects, ${refusals.length} refused`);
      for (const line of [...refusals, ...notJudged.map((kind) => `not judged: ${kind}`)]) {
        console.log(`  ${line}`);
      }
    } catch (error) {
      wrong++;
      console.log(error instanceof Error ? error.message : String(error));
    }
  }
  await end();
  return wrong === 0 ? 0 : 1;
}
