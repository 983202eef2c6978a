import type { AttachmentPreview } from "./attachmentPreview.ts";
import type { LayerPreview, PreviewAction, PreviewChange } from "./previewReport.ts";

const WORDS: Readonly<Record<PreviewAction, string>> = {
  create: "create",
  upgrade: "upgrade",
  update: "change values",
  none: "no change",
  remove: "remove",
  conflict: "conflict",
  failed: "cannot be put there",
  later: "not told, since its kind is not on the cluster yet",
  hidden: "not shown, since masked variables are in it",
};

/** A preview as Markdown that reads well as plain text too: what is in the way first, then layer by layer. */
export function previewText({ profile, cluster, before, conflicts, layers }: AttachmentPreview): string {
  const versions =
    before === undefined || before === profile.version ? profile.version : `${before} → ${profile.version}`;
  const refused =
    conflicts.length === 0 ? [] : ["Attaching is refused:", conflicts.map((each) => `- ${each}`).join("\n")];
  return [
    `# ${profile.name} ${versions} on ${cluster}`,
    `${summary(layers)} This is a preview: nothing is changed yet.`,
    ...refused,
    ...layers.flatMap(layerText),
  ]
    .join("\n\n")
    .concat("\n");
}

function summary(layers: readonly LayerPreview[]): string {
  const changed = layers.filter(({ changes }) => changes.some(({ action }) => action !== "none"));
  return changed.length === 0
    ? "No layer would change."
    : `Layers that would change: ${changed.map(({ layer }) => layer).join(", ")}.`;
}

function layerText({ layer, changes }: LayerPreview): string[] {
  return [
    `## ${layer}`,
    changes.map(line).join("\n"),
    ...changes.flatMap(({ what, diff }) =>
      diff === undefined ? [] : [`${what}:`, fenced(diff.replace(/\n+$/, ""))],
    ),
  ];
}

function line({ what, action, from, to, message }: PreviewChange): string {
  const versions =
    from === undefined || to === undefined || from === to
      ? [to ?? from].filter((each) => each !== undefined)
      : [`${from} → ${to}`];
  const word = action === "update" && to === undefined ? "change" : WORDS[action];
  const said = message === undefined ? "" : `: ${message.replace(/\s+/g, " ").trim()}`;
  return `- ${what}: ${[word, ...versions].join(" ")}${said}`;
}

/** A fence that is longer than any in the text. */
function fenced(diff: string): string {
  const longest = Math.max(2, ...[...diff.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}diff\n${diff}\n${fence}`;
}

/** Whether attaching would be refused, or a layer of it would not arrive. */
export function isInTheWay({ conflicts, layers }: AttachmentPreview): boolean {
  return (
    conflicts.length > 0 ||
    layers.some(({ changes }) => changes.some(({ action }) => action === "conflict" || action === "failed"))
  );
}
