import type { CreationPlan, ManagementCluster } from "../../kube/index.ts";
import type { KubeObject } from "../../shared/kubernetes.ts";
import { loadKube } from "../chunks.ts";
import type { App } from "../commands/command.ts";
import { objectsText } from "../objectsText.ts";
import type { Prepared } from "./prepared.ts";

/** Plans the objects of a request on the connected management cluster; writes nothing. */
export async function plan(
  management: ManagementCluster,
  { request, source, addOns, sources }: Prepared,
): Promise<CreationPlan> {
  return (await loadKube()).planCreation(management, {
    request,
    profileText: source.text,
    addOnTexts: addOns.map(({ text }) => text),
    sources,
  });
}

/** Everything that a plan writes, shared objects first, as they are written. */
function objectsOf({ shared, objects }: CreationPlan): KubeObject[] {
  return [...shared.map(({ object }) => object), ...objects];
}

/** Shows every object of `planned` as YAML beside the editor, with what to know about them on top. */
export async function showPreview(
  app: App,
  management: ManagementCluster,
  prepared: Prepared,
  planned: CreationPlan,
): Promise<void> {
  const { name, namespace } = prepared.request;
  const shared = planned.shared.map(
    ({ object: { kind, metadata }, exists }) =>
      `${kind} ${metadata.name} is shared between clusters: ${exists ? "it exists and stays" : "written first, stays when this cluster goes"}.`,
  );
  await app.documents.show(
    `${namespace}/${name}.preview.yaml`,
    await objectsText(objectsOf(planned), [
      `What Create Cluster writes to ${management.name} for ${name}. Nothing is written yet.`,
      ...planned.warnings,
      ...shared,
    ]),
    { beside: true, preserveFocus: true },
  );
}
