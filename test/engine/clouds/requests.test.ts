import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { missingEngines } from "../engines.ts";
import { cloudIds } from "./examples.ts";
import { judgeRandomRequests } from "./random.ts";
import { type CloudServer, startCloudServer } from "./server.ts";

/** Valid requests for each cloud. */
const REQUESTS = 200;

describe("any request that the rules take", { skip: await missingEngines(), timeout: 1_200_000 }, () => {
  let server: CloudServer;

  before(async () => {
    server = await startCloudServer();
  });
  after(() => server?.end());

  for (const cloud of cloudIds()) {
    it(`${cloud}: ${REQUESTS} random requests render objects that the API server and the webhooks take`, async (t) => {
      const { seed, refusals } = await judgeRandomRequests(server.management, cloud, REQUESTS);
      t.diagnostic(`seed ${seed}`);
      assert.deepEqual(refusals, [], `seed ${seed}`);
    });
  }
});
