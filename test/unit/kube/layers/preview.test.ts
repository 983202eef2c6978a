import assert from "node:assert/strict";
import { test } from "node:test";
import { CLUSTER, CLUSTER_SUMMARY, LAYER_PROFILE, SVELTOS_CLUSTER } from "../../../../src/kube/kinds.ts";
import { previewAttachment } from "../../../../src/kube/layers/preview.ts";
import { PaletteError } from "../../../../src/shared/errors.ts";
import { addOnText, configMapPack } from "../../../support/addOn.ts";
import { StubManagement } from "../stub.ts";

test("a preview that was cancelled says what could not be removed", async () => {
  const management = new StubManagement();
  for (const { apiVersion, kind } of [CLUSTER, SVELTOS_CLUSTER, LAYER_PROFILE, CLUSTER_SUMMARY]) {
    management.served.push([apiVersion, kind, `${kind.toLowerCase()}s`]);
  }
  management.objects = [{ ...SVELTOS_CLUSTER, metadata: { namespace: "team", name: "store" } }];
  const cancelled = () => {
    throw new PaletteError("Cancelled", "The request was cancelled");
  };
  // Neither the user nor the time for removing lets a request end.
  management.onWrite = cancelled;
  management.delete = cancelled;
  management.patch = cancelled;
  const profileText = addOnText({ name: "pool", packs: [configMapPack("pool", { from: "10.0.0.1" })] });
  await assert.rejects(previewAttachment(management, { namespace: "team", name: "store" }, { profileText }), {
    code: "Unreachable",
    message: "What Sveltos was asked about store could not be removed: The request was cancelled",
    next: /^The next preview removes it once 3 minutes have passed. Its objects in team on mgmt have label /,
  });
});
