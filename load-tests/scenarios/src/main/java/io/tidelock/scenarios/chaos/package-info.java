/** Chaos: several instances under traffic and a seeded schedule of faults, then every version of both sides held against what was written. */
@org.jspecify.annotations.NullMarked
package io.tidelock.scenarios.chaos;
