import * as vscode from "vscode";
import { type AccountField, accountFieldProblem } from "../../cluster/accounts.ts";
import { ask, BACK, type Back, type Choice, pick, type StepPlace } from "../quickFlow.ts";

/**
 * Asks for one field of a new account: masked where it is a secret, from a file where it has several lines, which an
 * input box cannot hold. Gives its text, empty where it is left out.
 */
export async function askAccountField(
  place: StepPlace,
  field: AccountField,
  value: string,
): Promise<string | Back> {
  const { name, schema, isNeeded } = field;
  const title = schema.title ?? name;
  const prompt = [title, schema.description].filter((part) => part !== undefined).join(": ");
  if (schema.enum !== undefined) {
    return pick<string>(place, {
      placeholder: prompt,
      choices: schema.enum.map((each): Choice<string> => ({ label: String(each), value: String(each) })),
      active: (each) => each === (value === "" ? String(schema.default ?? "") : value),
    });
  }
  if (schema.format === "multiline") {
    return askFile(place, title, prompt, isNeeded);
  }
  return ask(place, {
    prompt: isNeeded ? prompt : `${prompt} (empty: left out)`,
    ...(schema.examples?.[0] === undefined ? {} : { placeholder: String(schema.examples[0]) }),
    value,
    password: schema["x-secret"] === true,
    validate: (text) => accountFieldProblem(field, text),
  });
}

async function askFile(
  place: StepPlace,
  title: string,
  prompt: string,
  isNeeded: boolean,
): Promise<string | Back> {
  const way = await pick<"file" | "clipboard" | "none">(place, {
    placeholder: prompt,
    choices: [
      { label: "$(file) From a File…", value: "file" },
      { label: "$(clippy) From the Clipboard", value: "clipboard" },
      ...(isNeeded ? [] : [{ label: "$(circle-slash) Leave Out", value: "none" } as const]),
    ] satisfies Choice<"file" | "clipboard" | "none">[],
  });
  switch (way) {
    case BACK:
      return BACK;
    case "none":
      return "";
    case "clipboard":
      return vscode.env.clipboard.readText();
    case "file": {
      const [file] = (await vscode.window.showOpenDialog({ title, openLabel: "Read" })) ?? [];
      return file === undefined
        ? askFile(place, title, prompt, isNeeded)
        : new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
    }
  }
}
