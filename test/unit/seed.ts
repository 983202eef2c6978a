/**
 * Loaded before every unit test of `npm test`: properties are tried on the same inputs each time, so that a run says
 * something of the change and not of luck. The nightly run (PALETTE_FUZZ_RUNS=10000) looks for new ones.
 */
import fc from "fast-check";

if (process.env.PALETTE_FUZZ_RUNS === undefined) {
  fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: 20_261_124 });
}
