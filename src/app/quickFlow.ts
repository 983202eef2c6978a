import * as vscode from "vscode";
import { cancelled } from "./errors.ts";

/** What a step gives when the Back button was pressed. */
export const BACK = Symbol("back");
export type Back = typeof BACK;

export interface Choice<T> extends vscode.QuickPickItem {
  readonly value: T;
}

/** Where a step stands in its flow: title, number and whether there is a step before it. */
export interface StepPlace {
  readonly title: string;
  readonly step: number;
  readonly totalSteps: number;
  readonly canGoBack: boolean;
}

/** One question. It stores its answer itself; `skip` leaves it out of this run (in both directions). */
export interface Step {
  readonly skip?: () => boolean | Promise<boolean>;
  ask(place: StepPlace): Promise<Back | undefined>;
}

/**
 * Asks the steps in order, each with a Back button to the one before, and returns after the last one.
 * Throws `Cancelled` when the user leaves.
 */
export async function runFlow(title: string, steps: readonly Step[]): Promise<void> {
  const asked: number[] = [];
  for (let index = 0; index < steps.length; index += 1) {
    const step = steps[index] as Step;
    if (await step.skip?.()) {
      continue;
    }
    const place = {
      title,
      step: asked.length + 1,
      totalSteps: await total(steps, index, asked.length),
      canGoBack: asked.length > 0,
    };
    if ((await step.ask(place)) === BACK) {
      index = (asked.pop() ?? 0) - 1;
    } else {
      asked.push(index);
    }
  }
}

async function total(steps: readonly Step[], from: number, asked: number): Promise<number> {
  let count = asked;
  for (const step of steps.slice(from)) {
    count += (await step.skip?.()) ? 0 : 1;
  }
  return count;
}

/** Lets the user choose one of `choices`; `active` is highlighted first. Gives its value or `BACK`. */
export async function pick<T>(
  place: StepPlace,
  options: {
    readonly placeholder: string;
    readonly choices: readonly (Choice<T> | vscode.QuickPickItem)[];
    readonly active?: (value: T) => boolean;
    readonly matchDetail?: boolean;
  },
): Promise<T | Back> {
  const input = vscode.window.createQuickPick<Choice<T> | vscode.QuickPickItem>();
  present(input, place);
  input.placeholder = options.placeholder;
  input.items = options.choices;
  input.matchOnDescription = true;
  input.matchOnDetail = options.matchDetail ?? false;
  const active = options.choices.find(
    (choice): choice is Choice<T> => "value" in choice && (options.active?.(choice.value) ?? false),
  );
  if (active !== undefined) {
    input.activeItems = [active];
  }
  return settle(input, (done) => {
    input.onDidAccept(() => {
      const [chosen] = input.selectedItems;
      if (chosen !== undefined && "value" in chosen) {
        done(chosen.value);
      }
    });
  });
}

/** Lets the user take one of some suggestions or type anything else; what is wrong with it stays open. */
export async function pickOrType(
  place: StepPlace,
  options: {
    readonly placeholder: string;
    readonly value: string;
    readonly suggestions: readonly { readonly value: string; readonly label: string }[];
    readonly validate: (value: string) => string | undefined;
  },
): Promise<string | Back> {
  const input = vscode.window.createQuickPick<Choice<string>>();
  present(input, place);
  input.placeholder = options.placeholder;
  const known = options.suggestions.map(
    ({ value, label }): Choice<string> => ({
      label: value,
      ...(label === "" || label === value ? {} : { description: label }),
      value,
    }),
  );
  const show = (): void => {
    const typed = input.value.trim();
    const problem = typed === "" ? undefined : options.validate(typed);
    const own: Choice<string> = {
      label: typed,
      description: problem ?? "as typed",
      alwaysShow: true,
      value: typed,
    };
    const current: Choice<string> = { label: options.value, description: "as it is", value: options.value };
    const others = known.filter(({ value }) => value !== options.value);
    input.items =
      typed !== "" && !known.some(({ value }) => value === typed)
        ? [own, ...known]
        : options.value === ""
          ? known
          : [current, ...others];
  };
  show();
  return settle(input, (done) => {
    input.onDidChangeValue(show);
    input.onDidAccept(() => {
      const [chosen] = input.selectedItems;
      if (chosen !== undefined && options.validate(chosen.value) === undefined) {
        done(chosen.value);
      }
    });
  });
}

/** Asks for text; `validate` runs while typing and keeps the box open until it is content. */
export async function ask(
  place: StepPlace,
  options: {
    readonly prompt: string;
    readonly placeholder?: string;
    readonly value: string;
    /** Masked while typed, and taken as it is. */
    readonly password?: boolean;
    readonly validate: (value: string) => string | undefined | Promise<string | undefined>;
  },
): Promise<string | Back> {
  const input = vscode.window.createInputBox();
  present(input, place);
  input.prompt = options.prompt;
  input.placeholder = options.placeholder;
  input.value = options.value;
  input.password = options.password ?? false;
  const text = (value: string): string => (options.password === true ? value : value.trim());
  let touched = false;
  return settle(input, (done) => {
    const check = async (): Promise<boolean> => {
      const value = input.value;
      const problem = await options.validate(text(value));
      if (value === input.value) {
        // A field that nobody touched yet is not wrong yet (mocks/README.md, Errors).
        input.validationMessage = touched ? problem : undefined;
      }
      return problem === undefined;
    };
    input.onDidChangeValue(() => {
      touched = true;
      void check();
    });
    input.onDidAccept(async () => {
      touched = true;
      const value = input.value;
      if ((await check()) && value === input.value) {
        done(text(value));
      }
    });
  });
}

function present(
  input: vscode.QuickInput & { buttons: readonly vscode.QuickInputButton[] },
  place: StepPlace,
): void {
  input.title = place.title;
  input.step = place.totalSteps > 1 ? place.step : undefined;
  input.totalSteps = place.totalSteps > 1 ? place.totalSteps : undefined;
  // Looking something up in an editor must not lose the answers.
  input.ignoreFocusOut = true;
  input.buttons = place.canGoBack ? [vscode.QuickInputButtons.Back] : [];
}

async function settle<T>(
  input: vscode.QuickPick<vscode.QuickPickItem> | vscode.InputBox,
  listen: (done: (value: T | Back) => void) => void,
): Promise<T | Back> {
  try {
    return await new Promise<T | Back>((resolve, reject) => {
      listen(resolve);
      input.onDidTriggerButton((button) => {
        if (button === vscode.QuickInputButtons.Back) {
          resolve(BACK);
        }
      });
      input.onDidHide(() => reject(cancelled()));
      input.show();
    });
  } finally {
    input.dispose();
  }
}
