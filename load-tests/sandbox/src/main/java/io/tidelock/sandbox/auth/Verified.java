package io.tidelock.sandbox.auth;

/**
 * A signature that holds.
 *
 * @param key the key that made it
 * @param payload how far it covers the body
 * @param chain what the signatures of the body's chunks continue
 */
record Verified(Credential key, PayloadMode payload, SignatureChain.Seed chain) {}
