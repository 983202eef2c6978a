import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { missingEngines } from "../engines.ts";
import { NOT_ON_PROXY } from "./definitions.ts";
import { cloudIds, examplesOf, objectsOf } from "./examples.ts";
import { judge } from "./judge.ts";
import { type CloudServer, startCloudServer } from "./server.ts";

/** Kinds that no server judges here (docs/testing.md), with the clouds whose examples use them. */
const RKE2 = ["rke2 RKE2ConfigTemplate", "rke2 RKE2ControlPlane"];
const NOT_JUDGED: Readonly<Record<string, readonly string[]>> = {
  "apache-cloudstack": RKE2,
  aws: RKE2,
  "edge-native": [
    "k0smotron K0sControlPlane",
    "k0smotron K0sWorkerConfigTemplate",
    "k0smotron PooledRemoteMachine",
    "k0smotron RemoteCluster",
    "k0smotron RemoteMachineTemplate",
  ],
  hetzner: ["hetzner HCloudMachineTemplate", "hetzner HetznerCluster"],
  maas: ["maas MaasCluster", "maas MaasMachineTemplate"],
  metal3: RKE2,
};

describe("the examples of every cloud", { skip: await missingEngines(), timeout: 600_000 }, () => {
  let server: CloudServer;
  const notJudged: Record<string, readonly string[]> = {};

  before(async () => {
    server = await startCloudServer();
  });
  after(() => server?.end());

  for (const cloud of cloudIds()) {
    it(`${cloud}: every object is accepted, smallest and fullest`, async () => {
      const files = examplesOf(cloud);
      for (const name of ["smallest", "fullest"]) {
        assert.ok(
          files.some((file) => file.endsWith(`/${name}.cluster.yaml`)),
          `${cloud} has no ${name} example`,
        );
      }
      const kinds = new Set<string>();
      for (const file of files) {
        const { refusals, notJudged } = await judge(server.management, await objectsOf(file));
        assert.deepEqual(refusals, [], file);
        for (const kind of notJudged) {
          kinds.add(kind);
        }
      }
      if (kinds.size > 0) {
        notJudged[cloud] = [...kinds].sort();
      }
    });
  }

  it(`leaves only the kinds of ${Object.keys(NOT_ON_PROXY).join(", ")} to unit tests, and exactly these`, () => {
    assert.deepEqual(notJudged, NOT_JUDGED);
  });
});
