import * as vscode from "vscode";
import type { ClusterRequest, ProfileRef } from "../../cluster/model.ts";
import type { PublishedProfile } from "../../kube/index.ts";
import type { ChartSources } from "../../layers/index.ts";
import { PaletteError } from "../../shared/errors.ts";
import { loadClusterRoom } from "../chunks.ts";
import type { App } from "../commands/command.ts";
import { openAt, workspacePath } from "../profiles/places.ts";
import { readText } from "../profiles/profileIndex.ts";
import { placeOf } from "../profiles/summary.ts";
import { type ProfileSource, sourceOfFile, sourceOfPublished } from "./source.ts";

/** Everything that creating needs: what to create, the profile to create it from, and where its layers come from. */
export interface Prepared {
  readonly request: ClusterRequest;
  readonly source: ProfileSource;
  /** The add-on profiles of the request, in its order. */
  readonly addOns: readonly ProfileSource[];
  /** Registries and mirrors of the user. */
  readonly sources: ChartSources;
}

/**
 * Reads the request file at `uri` and the profile it names. Where either has errors, it opens at the first of
 * them and the thrown error says so.
 */
export async function prepareFile(app: App, uri: vscode.Uri): Promise<Prepared> {
  const room = await loadClusterRoom();
  const text = await readText(uri);
  const document = room.parseRequest(text);
  const request = room.requestOf(document);
  if (request === undefined) {
    const first = room.checkRequest(document).find(({ severity }) => severity === "error");
    await openAt(uri, first === undefined ? undefined : placeOf(text, first.span.start));
    throw new PaletteError(
      "InvalidDocument",
      `Nothing is created from ${workspacePath(uri)}: ${(first?.message ?? "it is not a cluster request").replace(/\.$/, "")}`,
      { next: "Correct it first." },
    );
  }
  const sourceOf = async (reference: ProfileRef): Promise<ProfileSource> =>
    "file" in reference
      ? sourceOfFile(vscode.Uri.joinPath(uri, "..", reference.file))
      : sourceOfPublished(await findPublished(app, reference));
  const [reference, ...others] = request.profiles;
  if (reference === undefined) {
    throw new PaletteError("InvalidDocument", `${workspacePath(uri)} names no profile`);
  }
  return {
    request,
    source: await sourceOf(reference),
    addOns: await Promise.all(others.map(sourceOf)),
    sources: await app.registries.sources(),
  };
}

async function findPublished(
  app: App,
  reference: { readonly name: string; readonly version: string },
): Promise<PublishedProfile> {
  const management = await app.connection.get();
  const found = (await app.fleet.first())?.published.find(
    ({ name, version }) => name === reference.name && version === reference.version,
  );
  if (found === undefined) {
    throw new PaletteError(
      "NotFound",
      `Profile ${reference.name} ${reference.version} is not published on ${management.name}`,
      { next: "Publish it, or name the profile's file in the request." },
    );
  }
  return found;
}
