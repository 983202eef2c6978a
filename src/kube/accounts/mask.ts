import type { KubeObject } from "../../shared/kubernetes.ts";

const MASK = "********";

/** The same objects for a preview: the values of Secrets are masked, whatever they are. */
export function maskSecrets(objects: readonly KubeObject[]): KubeObject[] {
  return objects.map((object) =>
    object.kind === "Secret"
      ? {
          ...object,
          ...(object.data === undefined ? {} : { data: masked(object.data) }),
          ...(object.stringData === undefined ? {} : { stringData: masked(object.stringData) }),
        }
      : object,
  );
}

function masked(values: unknown): Record<string, string> {
  return Object.fromEntries(Object.keys(values as object).map((key) => [key, MASK]));
}
