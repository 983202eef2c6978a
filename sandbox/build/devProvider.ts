/** The module that holds the Dev provider, and the file in it that opens the ports of the fake clusters. */
export const devProviderModule = "sigs.k8s.io/cluster-api/test";
export const devProviderSource = "infrastructure/inmemory/pkg/server/mux.go";

/** Environment of the Dev provider that the patch below reads. */
export const debugPortVariable = "SANDBOX_DEBUG_PORT";
export const firstPortVariable = "SANDBOX_FIRST_PORT";

/** Ports that the fake clusters of one sandbox may take. */
export const clusterPorts = 500;

/**
 * Cluster API's Dev provider opens its debug server on port 19000 and the API servers of its fake clusters from 20000
 * on, on all interfaces and without authentication, and no flag changes that. A machine could then hold one sandbox
 * only, and its network could reach it. So the sandbox builds it with these lines in place of the original ones:
 * the addresses, nothing else. Each original must be there exactly as often as said, or the build fails.
 */
const replacements: readonly { original: string; times: number; replacement: string }[] = [
  {
    original: '\t"net/http"\n',
    times: 1,
    replacement: '\t"net/http"\n\t"os"\n',
  },
  {
    original: "\toptions.ApplyOptions(opts)\n",
    times: 1,
    replacement: `\toptions.ApplyOptions(opts)
	if _, err := fmt.Sscan(os.Getenv("${debugPortVariable}"), &options.DebugPort); err != nil {
		return nil, pkgerrors.Wrap(err, "${debugPortVariable}")
	}
	if _, err := fmt.Sscan(os.Getenv("${firstPortVariable}"), &options.MinPort); err != nil {
		return nil, pkgerrors.Wrap(err, "${firstPortVariable}")
	}
	options.MaxPort = options.MinPort + ${clusterPorts - 1}
`,
  },
  {
    original: 'fmt.Sprintf(":%d", options.DebugPort)',
    times: 1,
    replacement: 'fmt.Sprintf("%s:%d", host, options.DebugPort)',
  },
  {
    original: 'net.Listen("tcp", fmt.Sprintf(":%d", wcl.Port()))',
    times: 2,
    replacement: 'net.Listen("tcp", wcl.HostPort())',
  },
  {
    original: "\tport := m.portIndex\n",
    times: 1,
    replacement: `	for m.portIndex <= m.maxPort {
		l, err := net.Listen("tcp", fmt.Sprintf("%s:%d", m.host, m.portIndex))
		if err == nil {
			_ = l.Close()
			break
		}
		m.portIndex++
	}
	port := m.portIndex
`,
  },
];

/** What the patch is made of, for the key of what is built with it. */
export const devProviderPatch: string = JSON.stringify(replacements);

/** Gives the Dev provider's source with its addresses replaced. Throws when it is not the source that this was written for. */
export function patchDevProvider(source: string): string {
  let text = source;
  for (const { original, times, replacement } of replacements) {
    const parts = text.split(original);
    if (parts.length !== times + 1) {
      throw new Error(
        `${devProviderSource} has ${parts.length - 1} times ${JSON.stringify(original)}, expected ${times}: review sandbox/build/devProvider.ts for this version of Cluster API.`,
      );
    }
    text = parts.join(replacement);
  }
  return text;
}
