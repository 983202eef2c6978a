/** A message between a panel and its host, told apart by its type. */
export interface Message {
  readonly type: string;
}

type Of<M extends Message, T extends M["type"]> = Extract<M, { readonly type: T }>;

/** What to do with each type of message; one that is left out does not compile. */
export type Handlers<M extends Message> = {
  readonly [T in M["type"]]: (message: Of<M, T>) => void;
};

type Check = (value: unknown) => boolean;

/** What each field of each type of message may hold; a type or field that is left out does not compile. */
export type MessageShape<M extends Message> = {
  readonly [T in M["type"]]: { readonly [F in Exclude<keyof Of<M, T>, "type">]-?: Check };
};

/** Hands a message to the handler of its type. */
export function dispatch<M extends Message>(message: M, handlers: Handlers<M>): void {
  const handle = handlers[message.type as M["type"]] as (message: M) => void;
  handle(message);
}

/**
 * The message that `value` is, or nothing: what comes out of a panel is not trusted. It must have exactly the fields
 * of its type, each with what the shape allows.
 */
export function readMessage<M extends Message>(shape: MessageShape<M>, value: unknown): M | undefined {
  if (typeof value !== "object" || value === null || !("type" in value)) {
    return undefined;
  }
  const { type, ...fields } = value as { readonly type: unknown } & Readonly<Record<string, unknown>>;
  if (typeof type !== "string" || !Object.hasOwn(shape, type)) {
    return undefined;
  }
  const checks: Readonly<Record<string, Check>> = shape[type as M["type"]];
  const names = Object.keys(checks);
  const whole =
    names.length === Object.keys(fields).length &&
    names.every((name) => Object.hasOwn(fields, name) && checks[name]?.(fields[name]) === true);
  return whole ? (value as M) : undefined;
}
