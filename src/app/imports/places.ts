import * as vscode from "vscode";
import type { ContextInfo, ExistingImport, ManagementCluster } from "../../kube/index.ts";
import { describeError, PaletteError } from "../../shared/errors.ts";
import { loadKube } from "../chunks.ts";
import type { App } from "../commands/command.ts";
import { allowExec, assertTrusted } from "../connection/consent.ts";
import { commandLine, knownKubeconfigs, shortPath } from "../connection/kubeconfigs.ts";
import { cancelled } from "../errors.ts";
import { BACK, type Choice, pick } from "../quickFlow.ts";

/** A context that leads to a cluster, and the file that has it. */
export interface Place extends ContextInfo {
  readonly path: string;
}

/** All contexts that this machine knows, and the files that could not be read, with why. */
export interface Places {
  readonly places: readonly Place[];
  readonly broken: readonly { readonly path: string; readonly message: string }[];
}

/** Reads every kubeconfig file of this machine, and `more`; one that is broken does not keep from the others. */
export async function findPlaces(more: readonly string[] = []): Promise<Places> {
  const { listContexts } = await loadKube();
  const paths = [...new Set([...(await knownKubeconfigs()), ...more])];
  const read = await Promise.all(
    paths.map(async (path) => {
      try {
        await assertTrusted(path);
        return (await listContexts(path)).map((context) => ({ place: { ...context, path } }));
      } catch (error) {
        return [{ broken: { path, message: describeError(error) } }];
      }
    }),
  );
  const all = read.flat();
  return {
    places: all.flatMap((each) => ("place" in each ? [each.place] : [])),
    broken: all.flatMap((each) => ("broken" in each ? [each.broken] : [])),
  };
}

/** Connects to the cluster of a context with the user's own credentials, which go nowhere else. */
export async function connectPlace(
  app: Pick<App, "context">,
  place: { readonly path: string; readonly context: string },
  signal: AbortSignal,
  mayAsk = true,
): Promise<ManagementCluster> {
  await assertTrusted(place.path);
  const { connect } = await loadKube();
  return connect(place, {
    signal,
    allowExec: (exec) => allowExec(app.context.globalState, place, exec, mayAsk),
  });
}

/** A context as a choice, with what it runs to sign in. */
export function placeChoice(place: Place): Choice<Place> {
  return {
    label: place.context,
    description: place.server,
    detail: `${shortPath(place.path)}${
      place.exec === undefined
        ? ""
        : ` · $(shield) Signs in by running ${commandLine(place.exec.command, place.exec.args)}`
    }`,
    value: place,
  };
}

/** Has the user choose a kubeconfig file. Throws `Cancelled`. */
export async function browseKubeconfig(): Promise<string> {
  const [file] =
    (await vscode.window.showOpenDialog({
      title: "Choose a kubeconfig file",
      openLabel: "Choose",
      canSelectMany: false,
    })) ?? [];
  if (file === undefined) {
    throw cancelled();
  }
  return file.fsPath;
}

/** The context that leads to an imported cluster: the one it was imported by, else one that the user picks. */
export async function placeOfImport(existing: ExistingImport, title: string): Promise<Place> {
  const { places } = await findPlaces();
  const known = places.find(({ server }) => server.replace(/\/+$/, "") === existing.seenAt);
  if (known !== undefined) {
    return known;
  }
  if (places.length === 0) {
    throw new PaletteError("NotFound", `No kubeconfig of this machine leads to ${existing.name}`, {
      next: "Set KUBECONFIG to one that does.",
    });
  }
  const place = await pick<Place>(
    { title, step: 1, totalSteps: 1, canGoBack: false },
    {
      placeholder: `Choose a context of ${existing.name}`,
      choices: places.map(placeChoice),
      matchDetail: true,
    },
  );
  if (place === BACK) {
    throw cancelled();
  }
  return place;
}
