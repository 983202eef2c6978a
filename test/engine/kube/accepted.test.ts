import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import fc from "fast-check";
import { renderCluster } from "../../../src/cluster/index.ts";
import type { ManagementCluster } from "../../../src/kube/index.ts";
import { anyRequest, PROFILE_TEXT, profileIn } from "../../unit/cluster/support.ts";
import { missingEngines, useEngines } from "../engines.ts";
import { connectTo } from "./support.ts";

describe("any request that the rules take", { skip: await missingEngines(), timeout: 300_000 }, () => {
  const engines = useEngines();
  let management: ManagementCluster;

  before(async () => {
    management = await connectTo(engines.status.kubeconfig, engines.status.context);
  });
  after(() => management?.close());

  for (const cloudType of ["docker", "in-memory"]) {
    it(`renders objects for ${cloudType} that the API server and the webhooks take`, async () => {
      await fc.assert(
        fc.asyncProperty(anyRequest(cloudType), async (request) => {
          for (const object of renderCluster(request, profileIn(PROFILE_TEXT), PROFILE_TEXT)) {
            const stored = await management.apply(object, { dryRun: true });
            assert.equal(stored.metadata.name, object.metadata.name);
          }
        }),
        { numRuns: 30 },
      );
    });
  }
});
