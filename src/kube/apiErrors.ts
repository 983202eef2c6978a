import { PaletteError } from "../shared/errors.ts";
import { redact } from "../shared/redact.ts";

/** What an API server answers instead of an object (`v1.Status`), as far as it is read. */
export interface ApiStatus {
  readonly message?: string;
  readonly reason?: string;
  readonly details?: {
    readonly kind?: string;
    readonly name?: string;
    readonly causes?: readonly RefusalCause[];
  };
}

/** One thing that is wrong with an object, as the API server tells it. */
export interface RefusalCause {
  /** For example `spec.template.spec.instanceType`. */
  readonly field?: string;
  readonly message?: string;
  readonly reason?: string;
}

/** Where and what a request was, in words: `create`, `MachineDeployment demo-workers in default`, `mgmt-eu`. */
export interface RequestWords {
  readonly verb: string;
  readonly object: string;
  readonly management: string;
}

/** The HTTP status that made an error, for callers that treat one specially; `undefined` for other errors. */
export function httpStatus(error: unknown): number | undefined {
  const cause = error instanceof Error ? (error.cause as { httpStatus?: number } | undefined) : undefined;
  return cause?.httpStatus;
}

/** What became of a request whose connection was given up by `close`: `Unreachable`, which no waiting ends. */
export function connectionClosed(management: string): PaletteError {
  return new PaletteError("Unreachable", `The connection to ${management} was closed`, {
    next: "Connect to it and try again.",
    cause: { closed: true },
  });
}

/** Whether `error` is of a connection that was given up, so that to try again is in vain. */
export function isConnectionClosed(error: unknown): boolean {
  return error instanceof Error && (error.cause as { closed?: boolean } | undefined)?.closed === true;
}

/** What exactly is wrong with a refused object, where the server says so. */
export function refusalCauses(error: PaletteError): readonly RefusalCause[] {
  return (error.cause as { causes?: readonly RefusalCause[] } | undefined)?.causes ?? [];
}

/** An answer that is an error, as `PaletteError`; the server's own words are kept. */
export function apiError(status: number, body: ApiStatus, words: RequestWords): PaletteError {
  const { verb, object, management } = words;
  const engine = redact(body.message ?? "");
  const causes = body.details?.causes;
  const cause = { httpStatus: status, ...(causes === undefined ? {} : { causes }) };
  const detail = { cause, ...(engine === "" ? {} : { engine }) };
  switch (status) {
    case 401:
      return new PaletteError("Forbidden", `${management} does not accept the credentials of this context`, {
        cause: detail.cause,
        next: "Sign in again, or renew the kubeconfig.",
      });
    case 403: {
      const missing = missingPermission(engine);
      return missing === undefined
        ? new PaletteError("Refused", `${management} refused to ${verb} ${object}`, detail)
        : new PaletteError("Forbidden", `${missing} on ${management}`, {
            cause: detail.cause,
            next: `Ask whoever runs ${management} for this permission.`,
          });
    }
    case 404: {
      const namespace = /^namespaces "([^"]+)" not found$/.exec(engine)?.[1];
      if (namespace !== undefined) {
        return new PaletteError("NotFound", `Namespace ${namespace} does not exist on ${management}`, {
          cause: detail.cause,
          next: `Create it with kubectl create namespace ${namespace}, or choose another.`,
        });
      }
      return new PaletteError("NotFound", `${object} does not exist on ${management}`, detail);
    }
    case 409:
      return body.reason === "AlreadyExists"
        ? new PaletteError("AlreadyExists", `${object} exists on ${management}`, { cause: detail.cause })
        : new PaletteError("Refused", `${object} was changed by somebody else meanwhile`, detail);
    case 429:
    case 502:
    case 503:
    case 504:
      return new PaletteError(
        "Unreachable",
        `${management} cannot serve requests now (HTTP ${status})`,
        detail,
      );
    default:
      return new PaletteError("Refused", `${management} refused to ${verb} ${object}`, detail);
  }
}

/**
 * What an RBAC refusal says, in fewer words: who, verb, resource and place. A webhook answers 403 as well, with
 * words of its own: nothing then.
 */
function missingPermission(message: string): string | undefined {
  const found =
    /User "([^"]*)" cannot (\S+) resource "([^"]*)" in API group "([^"]*)"(?: in the namespace "([^"]*)"| at the cluster scope)/.exec(
      message,
    );
  if (found !== null) {
    const [, user, verb, resource, group, namespace] = found;
    const what = group === "" ? resource : `${resource}.${group}`;
    return `User ${user} may not ${verb} ${what} ${namespace === undefined ? "in all namespaces" : `in namespace ${namespace}`}`;
  }
  const path = /User "([^"]*)" cannot (\S+) path "([^"]*)"/.exec(message);
  return path === null ? undefined : `User ${path[1]} may not ${path[2]} ${path[3]}`;
}

const CERTIFICATES =
  /^(?:CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_(?:GET|VERIFY)|ERR_TLS_CERT|ERR_SSL|EPROTO|HOSTNAME_MISMATCH)/;

/** A request that got no answer, as `PaletteError`: `Unreachable`. */
export function networkError(error: unknown, server: string, management: string): PaletteError {
  const code = codeOf(error);
  const host = URL.canParse(server) ? new URL(server).host : server;
  if (code !== undefined && CERTIFICATES.test(code)) {
    return new PaletteError("Unreachable", `The certificate of ${management} (${host}) is not trusted`, {
      engine: code,
      next: "Renew the kubeconfig; it names the authority to trust.",
      cause: error,
    });
  }
  return new PaletteError("Unreachable", `${management} does not answer at ${host}`, {
    ...(code === undefined ? {} : { engine: code }),
    next: "Check the network and that it runs.",
    cause: error,
  });
}

/** The code of an error of Node or undici, however deep it is wrapped. */
function codeOf(error: unknown): string | undefined {
  let at = error;
  for (let depth = 0; at instanceof Error && depth < 5; depth++) {
    const errors = at instanceof AggregateError ? at.errors : [];
    const { code } = at as NodeJS.ErrnoException;
    if (typeof code === "string" && code !== "") {
      return code;
    }
    at = at.cause ?? errors[0];
  }
  return undefined;
}
