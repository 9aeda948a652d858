package io.tidelock.compliance.policy;

import org.jspecify.annotations.Nullable;

/**
 * To whom the bucket belongs, as far as it is known.
 *
 * @param account twelve digits, or null
 * @param canonicalId the owner's canonical id, or null
 */
public record Home(@Nullable String account, @Nullable String canonicalId) {}
