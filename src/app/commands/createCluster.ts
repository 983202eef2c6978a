import * as vscode from "vscode";
import { requestOf } from "../create/draft.ts";
import { prepareFile } from "../create/prepared.ts";
import { Answers, type Facts, questions } from "../create/questions.ts";
import { review } from "../create/review.ts";
import { assertInfrastructure, sourceOfFile, sourceOfPublished } from "../create/source.ts";
import { runFlow } from "../quickFlow.ts";
import type { App, CommandHandler } from "./command.ts";
import { isClusterRequest, targetPublished, targetUri } from "./targets.ts";

const TITLE = "Create Cluster";

/**
 * *Create Cluster*: from a request file it goes straight to the review; from a profile it asks the rest; from
 * nothing it asks for the profile first.
 */
export const createCluster: CommandHandler = async (app, target) => {
  const uri = targetUri(target);
  if (uri !== undefined && isClusterRequest(uri)) {
    const prepared = await prepareFile(app, uri);
    assertInfrastructure(prepared.source.profile);
    const management = await app.connection.get();
    await review(
      app,
      management,
      prepared,
      { title: TITLE, step: 1, totalSteps: 1, canGoBack: false },
      { save: false },
    );
    return;
  }
  const answers = new Answers();
  const published = targetPublished(target);
  if (uri !== undefined) {
    answers.source = await sourceOfFile(uri);
  } else if (published !== undefined) {
    answers.source = await sourceOfPublished(published);
  }
  if (answers.source !== undefined) {
    assertInfrastructure(answers.source.profile);
  }
  await interview(app, answers);
};

async function interview(app: App, answers: Answers): Promise<void> {
  const facts = await gather(app);
  await runFlow(TITLE, [
    ...questions(answers, facts),
    {
      skip: () => answers.wantsNewProfile,
      async ask(place) {
        const answer = answers.draft((source) =>
          source.reference(source.uri && vscode.Uri.joinPath(source.uri, "..")),
        );
        return answer === undefined
          ? undefined
          : review(
              app,
              facts.management,
              { request: requestOf(answer.draft), source: answer.source },
              place,
              { save: true },
            );
      },
    },
  ]);
  if (answers.wantsNewProfile) {
    await vscode.commands.executeCommand("palette.newProfile");
  }
}

async function gather(app: App): Promise<Facts> {
  const management = await app.connection.get();
  const [fleet, files, namespaces] = await Promise.all([
    app.fleet.first(),
    app.profiles.files(),
    management
      .list({ apiVersion: "v1", kind: "Namespace" })
      .then((objects) => objects.map(({ metadata }) => metadata.name))
      // Only suggestions: whoever may not list namespaces types one.
      .catch(() => []),
  ]);
  return { management, fleet, files, namespaces };
}
