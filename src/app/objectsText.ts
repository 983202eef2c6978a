import type { KubeObject } from "../shared/kubernetes.ts";

/** Several objects as one YAML text under a comment; the YAML writer loads with the first use. */
export async function objectsText(
  objects: readonly KubeObject[],
  comment: readonly string[],
): Promise<string> {
  const { stringify } = await import("yaml");
  const head = comment.map((line) => `# ${line}\n`).join("");
  const documents = objects.map((object) =>
    stringify(object, { lineWidth: 0, aliasDuplicateObjects: false }),
  );
  return `${head}${documents.map((text) => `---\n${text}`).join("")}`;
}
