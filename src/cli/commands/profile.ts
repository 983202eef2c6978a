import { OUTPUT, OUTPUT_USAGE, onlyArgument, outputOf, parseArguments } from "../arguments.ts";
import { type Command, type CommandIo, UsageError } from "../command.ts";
import { MANAGEMENT, MANAGEMENT_USAGE, withManagement } from "../management.ts";
import { readProfile } from "../request.ts";
import {
  PROFILE_ATTACH_USAGE,
  PROFILE_DETACH_USAGE,
  PROFILE_PREVIEW_USAGE,
  runProfileAttach,
  runProfileDetach,
  runProfilePreview,
} from "./profile-attach.ts";
import { PROFILE_COMPARE_USAGE, runProfileCompare } from "./profile-compare.ts";
import { PROFILE_CONVERT_USAGE, runProfileConvert } from "./profile-convert.ts";
import { PROFILE_NEW_USAGE, runProfileNew } from "./profile-new.ts";

const PUBLISH_USAGE = `palette profile publish FILE.profile.yaml [--namespace NAME] ${MANAGEMENT_USAGE} ${OUTPUT_USAGE}`;

/** `palette profile new`, `convert`, `compare`, `publish`, `preview`, `attach` and `detach`. */
export const profile: Command = {
  summary:
    "Write, convert, compare and publish cluster profiles; preview and attach add-on profiles to clusters",
  usage: `${PROFILE_NEW_USAGE} | ${PROFILE_CONVERT_USAGE} | ${PROFILE_COMPARE_USAGE} | ${PUBLISH_USAGE} | ${PROFILE_ATTACH_USAGE} | ${PROFILE_PREVIEW_USAGE} | ${PROFILE_DETACH_USAGE}`,
  async run([action, ...args], io) {
    switch (action) {
      case "new":
        return runProfileNew(args, io);
      case "convert":
        return runProfileConvert(args, io);
      case "compare":
        return runProfileCompare(args, io);
      case "publish":
        return publish(args, io);
      case "attach":
        return runProfileAttach(args, io);
      case "preview":
        return runProfilePreview(args, io);
      case "detach":
        return runProfileDetach(args, io);
      default:
        throw new UsageError(
          action === undefined
            ? "Say new, convert, compare, publish, preview, attach or detach."
            : `palette profile has no ${action}.`,
        );
    }
  },
};

async function publish(args: readonly string[], io: CommandIo): Promise<number> {
  const { values, positionals } = parseArguments(args, {
    ...MANAGEMENT,
    ...OUTPUT,
    namespace: { type: "string", short: "n", default: "default" },
  });
  const output = outputOf(values.output);
  const file = onlyArgument(positionals, "one profile file");
  const { text } = await readProfile(file, io);
  return withManagement(values, io, async ({ kube, cluster }) => {
    const published = await kube.publishProfile(
      cluster,
      { text, namespace: values.namespace },
      { signal: io.signal },
    );
    const { name, version, namespace, added } = published;
    if (output === "json") {
      io.out(JSON.stringify(published, undefined, 2));
    } else {
      io.out(
        added
          ? `Profile ${name} ${version} is published in ${namespace} on ${cluster.name}.`
          : `Profile ${name} ${version} was published in ${namespace} on ${cluster.name} before, with this content.`,
      );
    }
    return 0;
  });
}
