import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Cloud, Identity } from "../../../src/cluster/clouds/cloud.ts";
import { CLOUDS } from "../../../src/cluster/index.ts";
import { accountObjects, createAccount, deleteAccount, listAccounts } from "../../../src/kube/index.ts";
import { isPaletteError } from "../../../src/shared/errors.ts";
import { type CloudServer, startCloudServer } from "../clouds/server.ts";
import { missingEngines } from "../engines.ts";

const NAMESPACE = "engine-accounts";
/** Values that the fields of an account take, by their names; others get a text. */
const VALUES: Readonly<Record<string, string>> = {
  accessKeyId: "AKIAIOSFODNN7EXAMPLE",
  roleARN: "arn:aws:iam::123456789012:role/clusters",
};
const UUID = "00000000-0000-4000-8000-000000000000";

describe("cloud accounts on the providers' own definitions", {
  skip: await missingEngines(),
  timeout: 300_000,
}, () => {
  let server: CloudServer;
  before(async () => {
    server = await startCloudServer();
  });
  after(() => server?.end());

  for (const cloud of CLOUDS) {
    for (const identity of cloud.identities) {
      it(`${cloud.id}, ${identity.title}: made, listed and deleted with its secret`, async (test) => {
        const { management } = server;
        const namespace = `${NAMESPACE}-${cloud.id}`;
        const objects = accountObjects(identity, {
          name: "account-a",
          namespace,
          values: valuesOf(identity),
        });
        for (const place of new Set([namespace, ...objects.map(({ metadata }) => metadata.namespace)])) {
          if (place !== undefined) {
            await management.apply({ apiVersion: "v1", kind: "Namespace", metadata: { name: place } });
          }
        }
        const before = await secretNames(objects.map(({ metadata }) => metadata.namespace ?? namespace));
        try {
          await createAccount(management, objects);
        } catch (error) {
          if (isPaletteError(error, "Prerequisite")) {
            test.skip(`no server here has ${identity.kind}`);
            assert.deepEqual(
              await secretNames(objects.map(({ metadata }) => metadata.namespace ?? namespace)),
              before,
            );
            return;
          }
          throw error;
        }
        const { accounts, unknown } = await listAccounts(management, cloud, namespace);
        const made = accounts.find(({ kind }) => kind === identity.kind);
        assert.ok(made, unknown.join("\n"));
        assert.equal(made.problem, undefined);
        assert.equal(JSON.stringify(accounts).includes("s3cret"), false);
        for (const object of objects.filter(({ kind }) => kind === "Secret")) {
          const stored = await management.get(
            { apiVersion: "v1", kind: "Secret", ...object.metadata },
            { metadataOnly: true },
          );
          assert.equal(stored?.metadata.labels?.["clusterctl.cluster.x-k8s.io/move"], "true");
        }
        await deleteAccount(management, cloud, made);
        assert.deepEqual(
          await secretNames(objects.map(({ metadata }) => metadata.namespace ?? namespace)),
          before,
        );
      });
    }
  }

  it("leaves accounts of other namespaces out, or says that they are not for this one", async () => {
    const { management } = server;
    const cloud = CLOUDS.find(({ id }) => id === "aws") as Cloud;
    const [identity] = cloud.identities;
    assert.ok(identity);
    const objects = accountObjects(identity, {
      name: "theirs",
      namespace: "team-b",
      values: valuesOf(identity),
    });
    await management.apply({ apiVersion: "v1", kind: "Namespace", metadata: { name: "capa-system" } });
    await createAccount(management, objects);
    const [account] = (await listAccounts(management, cloud, "team-a")).accounts;
    assert.equal(account?.problem, "It is not for clusters of namespace team-a.");
    assert.equal((await listAccounts(management, cloud, "team-b")).accounts[0]?.problem, undefined);
  });

  async function secretNames(namespaces: readonly string[]): Promise<string[]> {
    const lists = await Promise.all(
      [...new Set(namespaces)].map((namespace) =>
        server.management.list({ apiVersion: "v1", kind: "Secret" }, { namespace, metadataOnly: true }),
      ),
    );
    return lists
      .flat()
      .map(({ metadata }) => `${metadata.namespace}/${metadata.name}`)
      .sort();
  }
});

function valuesOf({ fields }: Identity): Record<string, string> {
  return Object.fromEntries(
    (fields.required ?? []).map((name) => {
      const field = fields.properties?.[name];
      const example = field?.examples?.[0] ?? field?.enum?.[0];
      const fits = [VALUES[name], example, UUID, "s3cret"].find(
        (value) =>
          value !== undefined &&
          (field?.pattern === undefined || new RegExp(field.pattern).test(String(value))),
      );
      return [name, String(field?.["x-secret"] === true ? "s3cret" : (fits ?? "s3cret"))];
    }),
  );
}
