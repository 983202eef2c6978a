import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { accountFields, accountProblems } from "../../cluster/accounts.ts";
import type { Cloud, Identity } from "../../cluster/clouds/cloud.ts";
import { PaletteError } from "../../shared/errors.ts";
import { isLabelName } from "../../shared/names.ts";
import { OUTPUT, OUTPUT_USAGE, outputOf, parseArguments } from "../arguments.ts";
import { cloudNamed } from "../cloud.ts";
import { type Command, type CommandIo, UsageError } from "../command.ts";
import { printListing } from "../list.ts";
import { MANAGEMENT, MANAGEMENT_USAGE, withManagement } from "../management.ts";
import { objectsText } from "../objects.ts";

const OPTIONS = {
  ...MANAGEMENT,
  ...OUTPUT,
  cloud: { type: "string" },
  kind: { type: "string" },
  namespace: { type: "string", short: "n", default: "default" },
  set: { type: "string", multiple: true, default: [] as string[] },
  "from-env": { type: "string", multiple: true, default: [] as string[] },
  "from-file": { type: "string", multiple: true, default: [] as string[] },
  "dry-run": { type: "boolean", default: false },
  yes: { type: "boolean", default: false },
} as const;

type Values = ReturnType<typeof parseArguments<typeof OPTIONS>>["values"];

/** `palette accounts`: the accounts of a cloud that a management cluster has. */
export const accounts: Command = {
  summary: "List, create and delete the cloud accounts of a management cluster",
  usage: `palette accounts list|create NAME|delete NAME --cloud CLOUD [--kind KIND] [--namespace NAME] [--set FIELD=VALUE] [--from-env FIELD=VARIABLE] [--from-file FIELD=FILE] [--dry-run] [--yes] ${MANAGEMENT_USAGE} ${OUTPUT_USAGE}`,
  async run(args, io) {
    const { values, positionals } = parseArguments(args, OPTIONS);
    const [verb, name, ...others] = positionals;
    if (values.cloud === undefined) {
      throw new UsageError("Name the cloud with --cloud.");
    }
    const cloud = cloudNamed(values.cloud);
    if (verb === "list" && name === undefined) {
      return list(cloud, values, io);
    }
    if (name !== undefined && others.length === 0) {
      if (verb === "create") {
        return create(cloud, name, values, io);
      }
      if (verb === "delete") {
        return remove(cloud, name, values, io);
      }
    }
    throw new UsageError("Say list, create NAME or delete NAME.");
  },
};

function list(cloud: Cloud, values: Values, io: CommandIo): Promise<number> {
  const output = outputOf(values.output);
  return withManagement(values, io, async ({ kube, cluster }) => {
    const found = await kube.listAccounts(cluster, cloud, values.namespace, { signal: io.signal });
    for (const line of found.unknown) {
      io.err(line);
    }
    printListing(
      {
        found: found.accounts,
        none:
          cloud.identities.length === 0
            ? `${cloud.title} needs no account: the provider itself is signed in, or nothing is needed.`
            : `There is no account of ${cloud.title} for clusters of ${values.namespace} on ${cluster.name}.`,
        head: ["ACCOUNT", "SIGNS IN WITH", "PROBLEM"],
        row: ({ reference, title, problem }) => [reference, title, problem ?? "-"],
      },
      output,
      io,
    );
    return 0;
  });
}

async function create(cloud: Cloud, name: string, values: Values, io: CommandIo): Promise<number> {
  const identity = identityNamed(cloud, values.kind);
  if (!isLabelName(name)) {
    throw new UsageError("A name has lower case letters, digits and hyphens, 63 at most.");
  }
  const given = await fieldValues(identity, values, io);
  const problems = accountProblems(identity.fields, given);
  if (problems.length > 0) {
    for (const problem of problems) {
      io.err(problem);
    }
    const known = accountFields(identity.fields, given).map(
      ({ name: field }) => `${field} from ${variableFor(field)}`,
    );
    throw new PaletteError("InvalidDocument", `Account ${name} is not created`, {
      next: `Fields are read from the environment: ${known.join(", ")}. Or give them with --set, --from-env and --from-file.`,
    });
  }
  return withManagement(values, io, async ({ kube, cluster }) => {
    const objects = kube.accountObjects(identity, { name, namespace: values.namespace, values: given });
    if (values["dry-run"]) {
      io.out(objectsText(kube.maskSecrets(objects), values.output === "json" ? "json" : "yaml"));
      return 0;
    }
    await kube.createAccount(cluster, objects, { signal: io.signal });
    const reference = cloud.identities[0] === identity ? name : `${identity.kind}/${name}`;
    io.out(`Account ${name} is on ${cluster.name}. Requests name it by cloudAccount: ${reference}`);
    return 0;
  });
}

function remove(cloud: Cloud, name: string, values: Values, io: CommandIo): Promise<number> {
  if (!values.yes) {
    throw new UsageError("Deleting an account needs --yes.");
  }
  return withManagement(values, io, async ({ kube, cluster }) => {
    const { accounts: all } = await kube.listAccounts(cluster, cloud, values.namespace, {
      signal: io.signal,
    });
    const found = all.find(
      (each) => each.name === name && (values.kind === undefined || each.kind === values.kind),
    );
    if (found === undefined) {
      throw new PaletteError("NotFound", `There is no account ${name} of ${cloud.title} on ${cluster.name}`, {
        next: `palette accounts list --cloud ${cloud.id} lists all.`,
      });
    }
    await kube.deleteAccount(cluster, cloud, found, { signal: io.signal });
    io.out(`Account ${name} is deleted.`);
    return 0;
  });
}

function identityNamed(cloud: Cloud, kind: string | undefined): Identity {
  const [first] = cloud.identities;
  if (first === undefined) {
    throw new UsageError(`${cloud.title} needs no account.`);
  }
  const found = kind === undefined ? first : cloud.identities.find((identity) => identity.kind === kind);
  if (found === undefined) {
    throw new UsageError(`--kind is one of ${cloud.identities.map((each) => each.kind).join(", ")}.`);
  }
  return found;
}

/** Values from the options, else from the environment by the field's name. Secrets are never words of a command line. */
async function fieldValues(
  identity: Identity,
  values: Values,
  io: CommandIo,
): Promise<Record<string, string>> {
  const given: Record<string, string> = {};
  for (const { name } of accountFields(identity.fields, {})) {
    const value = io.env[variableFor(name)];
    if (value !== undefined && value !== "") {
      given[name] = value;
    }
  }
  for (const [field, value] of values.set.map((each) => pair(each, "set"))) {
    if (identity.fields.properties?.[field]?.["x-secret"] === true) {
      throw new UsageError(
        `${field} is a secret, which other programs would see. Give it with --from-env or --from-file.`,
      );
    }
    given[field] = value;
  }
  for (const [field, variable] of values["from-env"].map((each) => pair(each, "from-env"))) {
    const value = io.env[variable];
    if (value === undefined) {
      throw new UsageError(`The environment has no variable ${variable}.`);
    }
    given[field] = value;
  }
  for (const [field, file] of values["from-file"].map((each) => pair(each, "from-file"))) {
    given[field] = await readFile(resolve(io.cwd, file), "utf8").catch((cause: unknown) => {
      throw new PaletteError("NotFound", `File ${file} cannot be read`, { cause });
    });
  }
  return given;
}

function pair(text: string, option: string): readonly [string, string] {
  const equals = text.indexOf("=");
  if (equals <= 0) {
    throw new UsageError(`--${option} is FIELD=…, not ${text}.`);
  }
  return [text.slice(0, equals), text.slice(equals + 1)];
}

/** The environment's name for a field: `accessKeyId` is `PALETTE_ACCESS_KEY_ID`. */
function variableFor(field: string): string {
  return `PALETTE_${field.replace(/([a-z0-9])([A-Z])/g, "$1_$2").toUpperCase()}`;
}
