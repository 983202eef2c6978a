/** Made when the tests are bundled (hostBundle.ts): every file of test/host, to be loaded one by one. */
declare module "palette:host-tests" {
  const tests: Record<string, () => void>;
  export default tests;
}
