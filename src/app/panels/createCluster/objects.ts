import { loadKube } from "../../chunks.ts";
import { objectsText } from "../../objectsText.ts";
import type { CreateSession, FormApp } from "./session.ts";

/** Shows the objects that a request becomes, or `only` one of them, with secrets masked: previews are copied and shared. */
export async function showObjects(
  app: Pick<FormApp, "documents">,
  session: CreateSession,
  { only, preserveFocus }: { readonly only?: number; readonly preserveFocus: boolean },
): Promise<void> {
  const { name, namespace } = session.request;
  const all = (await loadKube()).maskSecrets(session.objects());
  const objects = only === undefined ? all : all.slice(only, only + 1);
  const [first] = objects;
  const title = only === undefined || first === undefined ? name : `${first.kind}-${first.metadata.name}`;
  await app.documents.show(
    `${namespace}/${title}.preview.yaml`,
    await objectsText(objects, [`What Create Cluster writes for ${name}. Nothing is written yet.`]),
    { beside: true, preserveFocus },
  );
}
