import * as vscode from "vscode";
import { overview } from "../create/overview.ts";
import { QuickForm } from "../create/quickPick.ts";
import { EMPTY } from "../panels/createCluster/forms.ts";
import { fileChoice } from "../panels/createCluster/profiles.ts";
import { RequestText } from "../panels/createCluster/requestText.ts";
import { loadRooms } from "../panels/createCluster/rooms.ts";
import { CreateSession } from "../panels/createCluster/session.ts";
import { BACK } from "../quickFlow.ts";
import type { App, CommandHandler } from "./command.ts";
import { isClusterRequest, targetPublished, targetUri } from "./targets.ts";

/**
 * *Create Cluster by Quick Pick*: the form of *Create Cluster* as questions for the keyboard. Of a request file it shows
 * the overview at once; of a profile it asks the rest.
 */
export const createClusterQuickPick: CommandHandler = async (app, target) => {
  await app.connection.get();
  const uri = targetUri(target);
  if (uri !== undefined && isClusterRequest(uri)) {
    const document = await vscode.workspace.openTextDocument(uri);
    await run(app, new RequestText(document.getText(), document), undefined);
    return;
  }
  const published = targetPublished(target);
  const choice =
    uri !== undefined
      ? fileChoice(uri)
      : published === undefined
        ? ""
        : `published:${published.name}@${published.version}`;
  await run(app, new RequestText(EMPTY), choice);
};

/** `choice` is the profile to begin with, empty to ask for it; absent where the request is there already. */
async function run(app: App, text: RequestText, choice: string | undefined): Promise<void> {
  const rooms = await loadRooms();
  // The session has news before it is there.
  let follower: QuickForm | undefined;
  const session = new CreateSession(app, rooms, text, () => follower?.changed());
  const quick = new QuickForm(session);
  follower = quick;
  try {
    await session.settled();
    if (choice !== undefined && choice !== "") {
      await session.choose(choice);
      await session.settled();
    }
    do {
      if (choice !== undefined) {
        await quick.askNeeded();
      }
    } while ((await overview(app, quick)) === BACK && goBack(quick));
  } finally {
    session.dispose();
    text.dispose();
  }
}

function goBack(quick: QuickForm): boolean {
  quick.back();
  return true;
}
