import type { ManagementCluster } from "../../kube/index.ts";
import { PaletteError } from "../../shared/errors.ts";
import { loadBrownfield, loadKube } from "../chunks.ts";
import { cancelled } from "../errors.ts";
import { connectPlace, findPlaces, type Place, placeChoice, placeOfImport } from "../imports/places.ts";
import { suggestedName } from "../imports/wishes.ts";
import { openUntitledProfile } from "../profiles/newFile.ts";
import { withTask } from "../progress.ts";
import { BACK, pick } from "../quickFlow.ts";
import type { CommandHandler } from "./command.ts";

const TITLE = "Create Profile from This Cluster";

/** *Create Profile from This Cluster*: writes a profile of what runs on a cluster, as far as the catalog knows it. */
export const createProfileFromCluster: CommandHandler = async (app, target) => {
  const management = await app.connection.get();
  const place = await placeFor(management, target);
  const imported = await connectPlace(app, place, new AbortController().signal);
  try {
    await openProfileOf(management, imported);
  } finally {
    imported.close();
  }
};

/** Opens the profile of a connected cluster. Throws `NotFound` where nothing of it is known. */
async function openProfileOf(management: ManagementCluster, imported: ManagementCluster): Promise<void> {
  const kube = await loadKube();
  const facts = await withTask(`Looking at ${imported.name}`, ({ signal }) =>
    kube.importFacts(management, imported, "default", { signal }),
  );
  const { brownfieldProfile } = await loadBrownfield();
  const text = brownfieldProfile({
    name: suggestedName(imported.name),
    cluster: imported.name,
    kubernetesVersion: facts.version,
    found: facts.found,
  });
  if (text === undefined) {
    throw new PaletteError("NotFound", `Nothing on ${imported.name} is known to the catalog`, {
      next: "Its cloud and its Helm releases tell what a profile is written from.",
    });
  }
  await openUntitledProfile(text);
}

/** The context of the row that the command was invoked on, of the panel that asks, or one that the user picks. */
async function placeFor(
  management: ManagementCluster,
  target: unknown,
): Promise<{ readonly path: string; readonly context: string }> {
  if (typeof target === "object" && target !== null && "path" in target && "context" in target) {
    return { path: String(target.path), context: String(target.context) };
  }
  if (typeof target === "object" && target !== null && "cluster" in target) {
    const { readImport } = await loadKube();
    const { namespace, name } = target.cluster as { namespace: string; name: string };
    return placeOfImport(await readImport(management, { namespace, name }), TITLE);
  }
  const { places } = await findPlaces();
  const place = await pick<Place>(
    { title: TITLE, step: 1, totalSteps: 1, canGoBack: false },
    { placeholder: "Choose the context of the cluster", choices: places.map(placeChoice), matchDetail: true },
  );
  if (place === BACK) {
    throw cancelled();
  }
  return place;
}
