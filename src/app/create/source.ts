import * as vscode from "vscode";
import type { PublishedProfile } from "../../kube/index.ts";
import type { Profile } from "../../profile/model.ts";
import { PaletteError } from "../../shared/errors.ts";
import { loadProfileRoom } from "../chunks.ts";
import { RemediableError } from "../errors.ts";
import { openAt, workspacePath } from "../profiles/places.ts";
import { readText } from "../profiles/profileIndex.ts";
import { stateOf, summarize } from "../profiles/summary.ts";

/** A profile without errors that a cluster can be made from: a file or a published version. */
export interface ProfileSource {
  readonly text: string;
  readonly profile: Profile;
}

/**
 * Reads the profile at `uri`. Where it has errors it opens at the first of them, and the thrown error names
 * what is missing: nothing is created from it.
 */
export async function sourceOfFile(uri: vscode.Uri): Promise<ProfileSource> {
  const text = await readText(uri).catch((cause: unknown) => {
    throw new PaletteError("NotFound", `Profile ${workspacePath(uri)} cannot be read`, { cause });
  });
  const summary = summarize(await loadProfileRoom(), text);
  if (summary.profile === undefined) {
    const [first] = summary.errors;
    await openAt(uri, first?.place);
    throw new RemediableError(
      "InvalidDocument",
      `No cluster can be made from ${workspacePath(uri)}: ${summary.missing.length > 0 ? stateOf(summary) : (first?.message ?? "it is not a profile").replace(/\.$/, "")}`,
      { next: summary.missing.length > 0 ? "Use the quick fix at packs to add it." : "Correct it first." },
      [
        {
          title: "Show Problems",
          run: () => vscode.commands.executeCommand("workbench.actions.view.problems"),
        },
      ],
    );
  }
  return { text, profile: summary.profile };
}

/** The published version as a source. Throws where its text is not a valid profile. */
export async function sourceOfPublished(published: PublishedProfile): Promise<ProfileSource> {
  const { profile } = summarize(await loadProfileRoom(), published.text);
  if (profile === undefined) {
    throw new PaletteError(
      "InvalidDocument",
      `Published profile ${published.name} ${published.version} has errors`,
      { next: "Publish a corrected version." },
    );
  }
  return { text: published.text, profile };
}
