/** Where a value stands in the document of a form, or, with a first part like `@profile`, what the form itself asks. */
export type FieldPath = readonly (string | number)[];

/** What is wrong at a field. */
export interface FieldMessage {
  readonly severity: "error" | "warning" | "info";
  readonly text: string;
  /** The engine's own words. */
  readonly quote: string | null;
}

export interface Option {
  readonly value: string;
  readonly label: string;
}

export interface OptionGroup {
  readonly label: string;
  readonly options: readonly Option[];
}

/** How a value is asked for; each holds it as the control shows it. */
export type Control =
  /** Suggestions may be taken, anything else may be typed. */
  | {
      readonly type: "text";
      readonly value: string;
      readonly suggestions: readonly Option[];
      readonly placeholder: string;
    }
  | { readonly type: "lines"; readonly value: string; readonly placeholder: string }
  | {
      readonly type: "number";
      readonly value: string;
      readonly min: number | null;
      readonly max: number | null;
      readonly whole: boolean;
      readonly placeholder: string;
    }
  | { readonly type: "select"; readonly value: string; readonly groups: readonly OptionGroup[] }
  | { readonly type: "checkbox"; readonly value: boolean }
  /** Never shown again; one that only an earlier window knew is `lost`. */
  | { readonly type: "secret"; readonly state: "none" | "given" | "lost" };

/** A button of the form. `action` and `argument` are what the page sends when it is pressed. */
export interface FormButton<Action extends string = string> {
  readonly label: string;
  readonly action: Action;
  readonly argument: string | null;
}

export interface FormField {
  readonly kind: "field";
  readonly path: FieldPath;
  readonly label: string;
  /** Empty where the label says it all. */
  readonly help: string;
  readonly optional: boolean;
  readonly control: Control;
  readonly messages: readonly FieldMessage[];
  /** Over the full width of the form. */
  readonly wide: boolean;
  readonly buttons: readonly FormButton[];
}

/** Fields under a heading; `folded` ones open on demand. */
export interface FormGroup {
  readonly kind: "group";
  readonly id: string;
  readonly title: string;
  readonly folded: boolean;
  readonly items: readonly FormItem[];
}

/** Several of the same, each with fields of its own, to add and remove. */
export interface FormList {
  readonly kind: "list";
  readonly path: FieldPath;
  readonly title: string;
  readonly help: string;
  /** What one of them is called. */
  readonly item: string;
  readonly rows: readonly (readonly FormItem[])[];
  readonly messages: readonly FieldMessage[];
}

/** A remark with an optional action. */
export interface FormNote {
  readonly kind: "note";
  readonly severity: "error" | "warning" | "info";
  readonly text: string;
  readonly buttons: readonly FormButton[];
}

/** Terms and what they are, folded away. */
export interface FormFacts {
  readonly kind: "facts";
  readonly id: string;
  readonly title: string;
  readonly facts: readonly { readonly term: string; readonly text: string }[];
}

/** The layers of a profile, the last installed first. */
export interface FormStack {
  readonly kind: "stack";
  readonly label: string;
  readonly layers: readonly { readonly icon: string; readonly title: string; readonly mandatory: boolean }[];
}

export type FormItem = FormField | FormGroup | FormList | FormNote | FormFacts | FormStack;

export interface FormSection {
  readonly id: string;
  readonly title: string;
  /** Behind the title, in normal weight. */
  readonly note: string;
  readonly items: readonly FormItem[];
}

/** The id that the control of a field has in its page. */
export function fieldId(path: FieldPath): string {
  return `f-${path.map((part) => String(part).replace(/[^\w-]/g, (other) => `.${other.codePointAt(0)}`)).join("_")}`;
}

const MAX_DEPTH = 16;
const MAX_TEXT = 100_000;

/** Whether something that came out of a page is a path. */
export function isFieldPath(value: unknown): value is FieldPath {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.length <= MAX_DEPTH &&
    value.every(
      (part) =>
        (typeof part === "string" && part.length <= 300 && part !== "__proto__") ||
        (Number.isSafeInteger(part) && part >= 0),
    )
  );
}

/** Whether something that came out of a page is what a control can hold. */
export function isFieldValue(value: unknown): value is string | boolean {
  return typeof value === "boolean" || (typeof value === "string" && value.length <= MAX_TEXT);
}
