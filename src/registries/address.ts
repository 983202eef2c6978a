const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/**
 * Why an address is not to be talked to, one sentence; nothing where it may be. Only https, and http on this
 * machine: passwords go over it, and what comes back goes into profiles.
 */
export function addressProblem(address: string): string | undefined {
  const url = URL.parse(address);
  if (url === null) {
    return "its address is not a URL.";
  }
  if (url.username !== "" || url.password !== "") {
    return "its address holds a password. Take it out, and run Palette: Set Registry Credentials.";
  }
  if (url.search !== "" || url.hash !== "") {
    return "its address has a query.";
  }
  return isSafe(url) ? undefined : "its address is not https.";
}

/** Whether nobody listens on the way: https, or http that does not leave this machine. */
export function isSafe(url: URL): boolean {
  return url.protocol === "https:" || isLoopback(url);
}

/** http to this machine. */
export function isLoopback({ protocol, hostname }: URL): boolean {
  return protocol === "http:" && LOOPBACK.test(hostname);
}

/**
 * Whether a host that answers for a registry belongs to it: the same origin, or over https a host whose last two
 * labels are the same, as auth.docker.io and registry-1.docker.io. Numbers belong to nobody.
 */
export function isSameSite(a: URL, b: URL): boolean {
  return a.origin === b.origin || (b.protocol === "https:" && site(a) !== undefined && site(a) === site(b));
}

function site({ hostname }: URL): string | undefined {
  const labels = hostname.split(".");
  return labels.length < 2 || /^[\d.]+$|^\[/.test(hostname) ? undefined : labels.slice(-2).join(".");
}
