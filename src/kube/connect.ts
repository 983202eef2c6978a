import { isPaletteError } from "../shared/errors.ts";
import { ApiClient } from "./client.ts";
import { CONFIG_MAP } from "./kinds.ts";
import { readContext } from "./kubeconfig.ts";
import type { CallOptions, ConnectOptions, ManagementCluster } from "./management.ts";
import { SignIn } from "./signIn.ts";
import { Transport } from "./transport.ts";

/** The mark that the local management cluster carries. */
const SANDBOX_MARK = { ...CONFIG_MAP, namespace: "kube-public", name: "palette-sandbox" };

/**
 * Connects to the management cluster that a context of a kubeconfig file names, and sees that it answers.
 * Nothing but that file is read. Throws `NotFound` and `InvalidDocument` for the file, `Prerequisite`,
 * `Forbidden` and `Cancelled` for the way to sign in, and `Unreachable`.
 */
export async function connect(
  { path, context }: { readonly path: string; readonly context: string },
  options: ConnectOptions & CallOptions,
): Promise<ManagementCluster> {
  const settings = await readContext(path, context);
  const transport = new Transport(settings, new SignIn(settings, options));
  const client = new ApiClient(transport, settings);
  try {
    const mark = await client.get(SANDBOX_MARK, { signal: options.signal }).catch((error: unknown) => {
      // Whoever may not read there has been heard all the same.
      if (isPaletteError(error, "Forbidden") && error.message.startsWith("User ")) {
        return undefined;
      }
      throw error;
    });
    return client.as({ isSandbox: mark !== undefined });
  } catch (error) {
    client.close();
    throw error;
  }
}
