import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { join } from "node:path";
import type { StartedWindow } from "./startedWindow.ts";

/** Longer than a person, or a browser, needs to press a button. */
const HOLD_SECONDS = 30;

/**
 * Has the API server wait with every new object of one kind, so that something can be done half-way: it asks a webhook
 * that takes the connection and says nothing. Dry-runs do not wait. `end` lets what waits go on.
 */
export async function holdWrites(on: StartedWindow, resource: string): Promise<{ end(): Promise<void> }> {
  const sockets = new Set<Socket>();
  const silent = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
  });
  silent.listen(0, "127.0.0.1");
  await once(silent, "listening");
  const { port } = silent.address() as AddressInfo;
  const name = `hold-${resource}`;
  const file = join(on.folders.temporary, `${name}.json`);
  await writeFile(
    file,
    JSON.stringify({
      apiVersion: "admissionregistration.k8s.io/v1",
      kind: "ValidatingWebhookConfiguration",
      metadata: { name },
      webhooks: [
        {
          name: "hold.palette.test",
          clientConfig: { url: `https://127.0.0.1:${port}/` },
          rules: [
            {
              apiGroups: ["*"],
              apiVersions: ["*"],
              operations: ["CREATE"],
              resources: [resource],
            },
          ],
          matchConditions: [{ name: "no-dry-run", expression: "!(has(request.dryRun) && request.dryRun)" }],
          failurePolicy: "Ignore",
          sideEffects: "NoneOnDryRun",
          timeoutSeconds: HOLD_SECONDS,
          admissionReviewVersions: ["v1"],
        },
      ],
    }),
  );
  await on.management("apply", "-f", file);
  return {
    end: async () => {
      await on.management("delete", "-f", file);
      for (const socket of sockets) {
        socket.destroy();
      }
      silent.close();
    },
  };
}
