import { PaletteError } from "../../shared/errors.ts";
import { loadClusterRoom } from "../chunks.ts";
import { prepareFile } from "../create/prepared.ts";
import { plan, showPreview } from "../create/preview.ts";
import { LANGUAGES } from "../ids.ts";
import { objectsText } from "../objectsText.ts";
import type { CommandHandler } from "./command.ts";
import { targetOrActiveUri } from "./targets.ts";

/** *Preview Objects* of a request file: as planned on the management cluster, or rendered where none is connected. */
export const previewCluster: CommandHandler = async (app, target) => {
  const uri = targetOrActiveUri(target, LANGUAGES.cluster);
  if (uri === undefined) {
    throw new PaletteError("NotFound", "No cluster request is open", {
      next: "Open a *.cluster.yaml first.",
    });
  }
  const prepared = await prepareFile(app, uri);
  if (app.connection.state.kind === "connected") {
    const management = await app.connection.get();
    await showPreview(app, management, prepared, await plan(management, prepared));
    return;
  }
  const { checkAgainstProfile, notesFor, renderCluster } = await loadClusterRoom();
  const { request, source } = prepared;
  const [problem] = checkAgainstProfile(request, source.profile);
  if (problem !== undefined) {
    throw new PaletteError("InvalidDocument", problem.message, { next: problem.next });
  }
  await app.documents.show(
    `${request.namespace}/${request.name}.preview.yaml`,
    await objectsText(renderCluster(request, source.profile, source.text), [
      `What Create Cluster writes for ${request.name}. Nothing is written yet.`,
      "No management cluster is connected, so nothing is compared with what exists.",
      ...notesFor(request, source.profile),
    ]),
    { beside: true, preserveFocus: true },
  );
};
