import { embeddedProblems } from "../profile/embedded.ts";
import { resolve } from "../profile/syntax/nodes.ts";
import type { Diagnostic } from "../shared/diagnostic.ts";
import type { RequestView } from "./view.ts";

/** What hinders reading the cluster's own values of layers (code `YAML`). */
export function checkValues(text: string, { profiles }: RequestView): Diagnostic[] {
  return profiles.flatMap(({ packValues }) =>
    packValues.flatMap((layer) => {
      const node = resolve(layer.get("values")?.value);
      return node?.kind === "scalar" ? embeddedProblems(text, node) : [];
    }),
  );
}
