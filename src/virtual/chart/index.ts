import { type OutputUnit, Validator } from "@cfworker/json-schema";
import { nearest } from "../../shared/nearest.ts";
import { mapOf } from "../../shared/records.ts";
import { VCLUSTER } from "../chart.ts";
import type { VirtualProblem } from "../model.ts";
import schema from "./schema.json" with { type: "json" };

const validator = new Validator(schema as object, "2020-12", false);

/**
 * Judges own values of vCluster's chart by the chart's own schema (schema.json, made by scripts/vcluster.ts). A bundle
 * of its own, read when there are values to judge.
 */
export function schemaProblems(values: Readonly<Record<string, unknown>>): VirtualProblem[] {
  const { errors } = validator.validate(values);
  const byPlace = Map.groupBy(
    errors.filter((unit) => !HOLDERS.has(unit.keyword)),
    ({ instanceLocation }) => instanceLocation,
  );
  return [...byPlace].flatMap(([location, units]) => {
    const message = wordsOf(pathOf(location), units);
    return message === undefined ? [] : [problem(message)];
  });
}

/** Findings that only say that something inside of them is wrong. */
const HOLDERS: ReadonlySet<string> = new Set([
  "$ref",
  "properties",
  "items",
  "additionalProperties",
  "patternProperties",
  "oneOf",
  "anyOf",
]);

/** What is wrong at a place; nothing where the finding is an echo of another one inside. */
function wordsOf(path: readonly string[], units: readonly OutputUnit[]): string | undefined {
  const name = path.join(".");
  const known = propertiesAt(path.slice(0, -1));
  // The library also says of a known field with a wrong value that there is no such field.
  const telling = units.filter(
    ({ keyword }) => keyword !== "false" || known[path.at(-1) ?? ""] === undefined,
  );
  const [first] = telling;
  if (first === undefined) {
    return undefined;
  }
  if (first.keyword === "false") {
    const near = nearest(path.at(-1) ?? "", Object.keys(known));
    return `vCluster's chart has no value ${name}${near === undefined ? "" : `, but ${[...path.slice(0, -1), near].join(".")}`}`;
  }
  const types = telling.flatMap(({ error }) => /Expected "(\w+)"/.exec(error)?.[1] ?? []);
  return types.length > 0
    ? `Value ${name} of vCluster's chart is of type ${types.join(" or ")}`
    : `Value ${name} is not as the schema of vCluster's chart wants it: ${first.error.replace(/\.$/, "")}`;
}

function pathOf(location: string): string[] {
  return location
    .split("/")
    .slice(1)
    .map((part) => decodeURIComponent(part).replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** The properties that the schema has at a path. */
function propertiesAt(path: readonly string[]): Readonly<Record<string, unknown>> {
  const resolved = (value: unknown): Readonly<Record<string, unknown>> => {
    const fields = mapOf(value);
    const name = typeof fields.$ref === "string" ? fields.$ref.replace("#/$defs/", "") : undefined;
    return name === undefined ? fields : mapOf(mapOf(schema.$defs)[name]);
  };
  let at = resolved(schema);
  for (const key of path) {
    at = resolved(mapOf(at.properties)[key]);
  }
  return mapOf(at.properties);
}

function problem(message: string): VirtualProblem {
  return {
    field: "values",
    severity: "error",
    message,
    next: `The values.yaml of vCluster ${VCLUSTER.version} tells what it takes.`,
  };
}
