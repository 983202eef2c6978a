import { PaletteError } from "../../shared/errors.ts";
import { loadCatalog, loadClusterRoom, loadLayersRoom } from "../chunks.ts";
import { today } from "../clock.ts";
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
  const { checkAddOns, checkAgainstProfile } = await loadClusterRoom();
  const { request, source, addOns, sources } = prepared;
  const [problem] = [
    ...checkAgainstProfile(request, source.profile),
    ...checkAddOns(
      request,
      addOns.map(({ profile }) => profile),
    ),
  ];
  if (problem !== undefined) {
    throw new PaletteError("InvalidDocument", problem.message, { next: problem.next });
  }
  const { creationObjects } = await loadLayersRoom();
  const { catalog } = await loadCatalog();
  const { published, layers, objects, notes } = creationObjects(
    {
      request,
      profile: source.profile,
      profileText: source.text,
      addOns: addOns.map(({ profile, text }) => ({ profile, profileText: text })),
      secrets: {},
      today: today(),
    },
    { catalog, ...sources },
  );
  await app.documents.show(
    `${request.namespace}/${request.name}.preview.yaml`,
    await objectsText(
      [...published, ...layers, ...objects],
      [
        `What Create Cluster writes for ${request.name}. Nothing is written yet.`,
        "No management cluster is connected, so nothing is compared with what exists.",
        ...notes,
      ],
    ),
    { beside: true, preserveFocus: true },
  );
};
