import type { LayerKind } from "./model.ts";
import type { StarterPack } from "./starter-packs.ts";

/** Indentation and line end of the document that a layer is written into. */
export interface LayerStyle {
  /** Column of the dash. */
  readonly column: number;
  /** Columns per nesting. */
  readonly step: number;
  readonly eol: string;
}

/** One layer as an item of a block list, with its line ends. */
export function layerText(layer: LayerKind, pack: StarterPack, style: LayerStyle): string {
  const lines: string[] = [];
  const keys = style.column + 2;
  const put = (depth: number, line: string): void => {
    lines.push(line === "" ? "" : " ".repeat(keys + depth * style.step) + line);
  };
  const block = (depth: number, key: string, text: string): void => {
    put(depth, `${key}: |`);
    for (const line of text.trimEnd().split("\n")) {
      put(depth + 1, line);
    }
  };
  lines.push(`${" ".repeat(style.column)}- name: ${pack.name}`);
  put(0, `type: ${pack.type}`);
  put(0, `layer: ${layer}`);
  if (pack.version !== "") {
    put(0, `version: "${pack.version}"`);
    put(0, `tag: "${pack.version}"`);
  }
  if (pack.values === "") {
    put(0, 'values: ""');
  } else {
    block(0, "values", pack.values);
  }
  if (pack.manifests !== undefined) {
    put(0, "manifests:");
    for (const manifest of pack.manifests) {
      const dash = " ".repeat(keys + style.step);
      lines.push(`${dash}- name: ${manifest.name}`, `${dash}  content: |`);
      for (const line of manifest.content.trimEnd().split("\n")) {
        lines.push(`${dash}  ${" ".repeat(style.step)}${line}`);
      }
    }
  }
  if (pack.registry !== undefined) {
    put(0, "registry:");
    put(1, "metadata:");
    for (const [key, value] of Object.entries(pack.registry)) {
      put(2, `${key}: ${value === "" || key === "uid" ? `"${value}"` : value}`);
    }
  }
  return lines.map((line) => line + style.eol).join("");
}

/** One layer as JSON, for documents in flow style. */
export function layerJson(layer: LayerKind, pack: StarterPack): string {
  return JSON.stringify({
    name: pack.name,
    type: pack.type,
    layer,
    ...(pack.version === "" ? {} : { version: pack.version, tag: pack.version }),
    values: pack.values,
    ...(pack.manifests === undefined ? {} : { manifests: pack.manifests }),
    ...(pack.registry === undefined ? {} : { registry: { metadata: pack.registry } }),
  });
}
