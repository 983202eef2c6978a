import assert from "node:assert/strict";
import { test } from "node:test";
import { createVirtualCluster } from "../../../../src/kube/virtual/create.ts";
import { PaletteError } from "../../../../src/shared/errors.ts";
import { planVirtualCluster } from "../../../../src/virtual/index.ts";
import { host, request } from "../../virtual/facts.ts";
import { stubOf } from "./stub.ts";

test("a cancel while a creation goes on that was stopped before says that it is left", async () => {
  const [record] = planVirtualCluster(request(), host("one"));
  assert.ok(record !== undefined);
  const management = stubOf(record, {
    apiVersion: "lib.projectsveltos.io/v1beta1",
    kind: "SveltosCluster",
    metadata: { name: "one", namespace: "dev" },
    status: { ready: true },
  });
  const cancel = () => {
    throw new PaletteError("Cancelled", "The request was cancelled");
  };
  await assert.rejects(createVirtualCluster(management, request(), { onProgress: cancel }), {
    code: "Cancelled",
    next: "What is there of tenant stays. Create it again with the same answers to go on, or delete it.",
  });
  assert.deepEqual(management.objects.at(0), record);
});
