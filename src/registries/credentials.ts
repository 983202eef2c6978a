/** What a user signs in to a registry with. */
export type Credentials =
  | { readonly kind: "basic"; readonly username: string; readonly password: string }
  | { readonly kind: "token"; readonly token: string };

/** The value of `Authorization` that says it. */
export function authorizationOf(credentials: Credentials): string {
  return credentials.kind === "token"
    ? `Bearer ${credentials.token}`
    : `Basic ${Buffer.from(`${credentials.username}:${credentials.password}`, "utf8").toString("base64")}`;
}
