import type { FieldPath } from "../../shared/form.ts";
import { editsFor } from "../panels/createCluster/edits.ts";
import { formOf } from "../panels/createCluster/form.ts";
import type { CreateSession } from "../panels/createCluster/session.ts";
import { errorOf, fieldsOf, keyOf } from "./entries.ts";

/** What the form would say about a field if it held `value`; nothing where that is right. */
export function judge(session: CreateSession, path: FieldPath, value: string): string | undefined {
  const model = session.model();
  const { room, request, cloud } = model;
  const edits = editsFor(path, value, request, cloud, room);
  if (edits.length === 0) {
    return undefined;
  }
  const text = room.editRequest(model.text, edits);
  const { view } = room.parseRequest(text);
  const form = formOf({
    ...model,
    text,
    request: view === undefined ? request : room.readRequest(view),
    showAll: true,
  });
  const field = fieldsOf(form).find((each) => keyOf(each.path) === keyOf(path));
  return field === undefined ? undefined : errorOf(field);
}
