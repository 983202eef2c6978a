import { catalog } from "../../catalog/index.ts";
import { checkAddOns, checkAgainstProfile, type FitProblem } from "../../cluster/index.ts";
import { creationObjects } from "../../layers/index.ts";
import { PaletteError } from "../../shared/errors.ts";
import { choice, onlyArgument, parseArguments } from "../arguments.ts";
import { CHART_SOURCES, CHART_SOURCES_USAGE, chartSourcesOf } from "../chartSources.ts";
import type { Command, CommandIo } from "../command.ts";
import { objectsText } from "../objects.ts";
import { profilePath, readProfile, readRequest } from "../request.ts";

/** `palette render`: the objects for the management cluster, the same for the same files, without a cluster. */
export const render: Command = {
  summary: "Print the objects that a cluster request makes",
  usage: `palette render FILE.cluster.yaml ${CHART_SOURCES_USAGE} [--output yaml|json]`,
  async run(args, io) {
    const { values, positionals } = parseArguments(args, {
      ...CHART_SOURCES,
      output: { type: "string", default: "yaml" },
    });
    const output = choice(values.output, "output", ["yaml", "json"]);
    const file = onlyArgument(positionals, "one cluster request file");
    const sources = chartSourcesOf(values);
    const request = await readRequest(file, io);
    const [first, ...others] = await Promise.all(
      request.profiles.map(async (reference) => {
        if (!("file" in reference)) {
          throw new PaletteError(
            "Prerequisite",
            `${file} names a published profile, which only a management cluster has`,
            { next: "Name the profile by file to render it, or use palette create --dry-run." },
          );
        }
        return readProfile(profilePath(file, reference.file, io), io);
      }),
    );
    if (first === undefined) {
      throw new TypeError("A request without errors has a profile");
    }
    const { text, profile } = first;
    const problems = [
      ...checkAgainstProfile(request, profile),
      ...checkAddOns(
        request,
        others.map((each) => each.profile),
      ),
    ];
    if (problems.length > 0) {
      return refuse(problems, io);
    }
    const { published, layers, objects, notes, conflicts } = creationObjects(
      {
        request,
        profile,
        profileText: text,
        addOns: others.map((each) => ({ profile: each.profile, profileText: each.text })),
        secrets: {},
        today: io.today,
      },
      { catalog, ...sources },
    );
    if (conflicts.length > 0) {
      return refuse(conflicts, io);
    }
    for (const note of notes) {
      io.err(`Note: ${note}`);
    }
    io.out(objectsText([...published, ...layers, ...objects], output));
    return 0;
  },
};

/** No objects of a cluster that would not be made. */
function refuse(problems: readonly Pick<FitProblem, "message" | "next">[], io: CommandIo): number {
  for (const { message, next } of problems) {
    io.err(`${message}. ${next}`);
  }
  return 1;
}
