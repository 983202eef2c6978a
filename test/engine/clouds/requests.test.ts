import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { CLOUDS } from "../../../src/cluster/index.ts";
import { missingEngines } from "../engines.ts";
import { cloudIds } from "./examples.ts";
import { judgeRandomAccounts, judgeRandomRequests } from "./random.ts";
import { type CloudServer, startCloudServer } from "./server.ts";

/** Valid requests for each cloud; the nightly run judges four times as many. */
const REQUESTS = process.env.PALETTE_FUZZ_RUNS === undefined ? 50 : 200;
/** Accounts of each kind. */
const ACCOUNTS = 20;

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

  for (const cloud of CLOUDS.filter(({ identities }) => identities.length > 0)) {
    it(`${cloud.id}: accounts of every kind are accepted`, async () => {
      const { refusals } = await judgeRandomAccounts(server.management, cloud, ACCOUNTS);
      assert.deepEqual(refusals, []);
    });
  }
});
