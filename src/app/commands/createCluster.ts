import { fileChoice } from "../panels/createCluster/profiles.ts";
import type { CommandHandler } from "./command.ts";
import { isClusterRequest, targetPublished, targetUri } from "./targets.ts";

/**
 * *Create Cluster*: opens the form, on a request file, with a profile file or a published version chosen, or empty.
 * Its twin by quick pick is *Create Cluster by Quick Pick*.
 */
export const createCluster: CommandHandler = async (app, target) => {
  const uri = targetUri(target);
  const published = targetPublished(target);
  if (uri !== undefined && isClusterRequest(uri)) {
    await app.createForms.openFile(uri);
  } else if (uri !== undefined) {
    await app.createForms.open(fileChoice(uri));
  } else {
    await app.createForms.open(published && `published:${published.name}@${published.version}`);
  }
};
