/**
 * `node test/engine/clouds/dry-run.ts [--random N] [CLOUD…]`: renders the examples of clouds (or N random requests
 * for each) and prints each refusal of a real API server. It starts a server and ends it, or asks the one whose kubeconfig `CLOUDS_KUBECONFIG` names.
 * `node test/engine/clouds/dry-run.ts --serve [FOLDER…]` starts one and keeps it until Ctrl-C; the folders hold
 * further CRDs (`…/bases`).
 */
import { parseArgs } from "node:util";
import { connect } from "../../../src/kube/index.ts";
import { definitionsIn } from "./definitions.ts";
import { cloudIds, examplesOf, objectsOf } from "./examples.ts";
import { judge } from "./judge.ts";
import { judgeRandomRequests } from "./random.ts";
import { startCloudServer } from "./server.ts";

const { values, positionals } = parseArgs({
  options: { serve: { type: "boolean" }, random: { type: "string" } },
  allowPositionals: true,
});
if (values.serve === true) {
  await serve(positionals);
} else {
  process.exitCode = await print(positionals.length === 0 ? cloudIds() : positionals, Number(values.random));
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

async function print(clouds: readonly string[], random: number): Promise<number> {
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
  for (const cloud of random > 0 ? clouds : []) {
    const began = Date.now();
    try {
      const { seed, refusals, rejected } = await judgeRandomRequests(management, cloud, random);
      wrong += refusals.length;
      console.log(
        `${cloud}: ${random} requests, seed ${seed}, ${Date.now() - began} ms, ${refusals.length} refused`,
      );
      for (const [problem, times] of rejected) {
        console.log(`  drawn ${times} ×: ${problem}`);
      }
      console.log(refusals.join("\n\n"));
    } catch (error) {
      wrong++;
      console.log(error);
    }
  }
  for (const file of random > 0 ? [] : clouds.flatMap(examplesOf)) {
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
