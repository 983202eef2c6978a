import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  attachProfile,
  detachProfile,
  previewAttachment,
  type RegistryLogin,
} from "../../../src/kube/index.ts";
import { listLayers } from "../../../src/kube/layers/list.ts";
import { loginName } from "../../../src/layers/index.ts";
import type { LayerStatus } from "../../../src/status/model.ts";
import { addOnText, chartPack } from "../../support/addOn.ts";
import { missingEngines } from "../engines.ts";
import { CHART, LATER, useLayerCluster } from "./dns.ts";
import { until } from "./support.ts";

const NAMESPACE = "layers-logins";
const CLUSTER = "vault";
const REF = { namespace: NAMESPACE, name: CLUSTER };
const RIGHT = { username: "ada", password: "right-password" };
const OTHER = { username: "ada", password: "other-password" };

describe("charts of a private registry", { skip: await missingEngines(), timeout: 900_000 }, () => {
  const on = useLayerCluster(NAMESPACE, CLUSTER);
  const { engines } = on;

  const input = (chart: string, basic?: RegistryLogin["basic"]) => ({
    ...on.input(
      addOnText({
        name: "private",
        version: chart,
        packs: [
          chartPack("external-dns", chart, "pack: { namespace: private }\nfullnameOverride: private\n"),
        ],
      }),
    ),
    logins: basic === undefined ? [] : [{ registry: "local", url: on.charts.url, basic }],
  });
  const mayWriteLogin = (): boolean => true;
  const layer = async (): Promise<LayerStatus | undefined> =>
    (await listLayers(on.management, { namespace: NAMESPACE })).get(`${NAMESPACE}/${CLUSTER}`)?.[0];
  const seen = (state: LayerStatus["state"], version = CHART): Promise<void> =>
    until(
      async () => {
        const found = await layer();
        return found?.state === state && found.version === version;
      },
      async () => JSON.stringify(await layer()),
    );
  const secrets = (): Promise<string> =>
    engines.kubectl(
      "get",
      "secrets",
      `-n${NAMESPACE}`,
      "-lpalette-onboarding/registry-login",
      "-ojsonpath={range .items[*]}{.metadata.name} {.data.password}{end}",
    );
  const encoded = ({ password }: typeof RIGHT): string =>
    `${loginName(on.charts.url)} ${Buffer.from(password).toString("base64")}`;

  test("are not given credentials without the user's consent", async () => {
    on.charts.demand(RIGHT);
    await assert.rejects(attachProfile(on.management, REF, input(CHART, RIGHT)), { code: "Cancelled" });
    assert.equal(await secrets(), "");
    assert.equal(await layer(), undefined);
  });

  test("are previewed with credentials that do not stay", async () => {
    const { layers } = await previewAttachment(on.management, REF, input(CHART, RIGHT), { mayWriteLogin });
    assert.deepEqual(
      layers.flatMap(({ changes }) => changes.map(({ action, message }) => [action, message])),
      [["create", undefined]],
    );
    assert.equal(await secrets(), "");
    const left = await engines.kubectl(
      "get",
      "secrets",
      `-n${NAMESPACE}`,
      "-lpalette-onboarding/previews-on",
      "-oname",
    );
    assert.equal(left, "");
  });

  test("are refused by their registry without credentials, and with wrong ones, in its words and with what to do", async () => {
    await attachProfile(on.management, REF, input(CHART));
    await seen("failed");
    assert.match((await layer())?.message ?? "", /401 Unauthorized.*It asks for credentials/);
    await attachProfile(on.management, REF, input(CHART, OTHER), { mayWriteLogin });
    await until(
      async () => /401 Unauthorized.*It does not take the credentials/.test((await layer())?.message ?? ""),
      async () => JSON.stringify(await layer()),
    );
    assert.doesNotMatch(JSON.stringify(await layer()), /other-password/);
  });

  test("arrive with the right ones, which take the place of the wrong ones", async () => {
    await attachProfile(on.management, REF, input(CHART, RIGHT));
    await seen("ready");
    assert.equal(await secrets(), encoded(RIGHT));
  });

  test("arrive for who has none, from what the management cluster has", async () => {
    await attachProfile(on.management, REF, input(CHART));
    await seen("ready");
    assert.equal(await secrets(), encoded(RIGHT));
  });

  test("arrive in another version after the registry has changed its password", async () => {
    on.charts.demand(OTHER);
    await attachProfile(on.management, REF, input(LATER, OTHER));
    await seen("ready", LATER);
    assert.equal(await secrets(), encoded(OTHER));
  });

  test("go with the credentials", async () => {
    await detachProfile(on.management, REF, { profile: "private", removeSoftware: true });
    assert.equal(await layer(), undefined);
    assert.equal(await secrets(), "");
    on.charts.demand();
  });
});
