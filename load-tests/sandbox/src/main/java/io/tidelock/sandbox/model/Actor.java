package io.tidelock.sandbox.model;

/**
 * Who changes something, as ownership and events see it.
 *
 * @param accountId the account, twelve digits
 * @param canonicalId the canonical id that owns what is written
 * @param principalId the id that events show, such as {@code AWS:AIDA...}
 * @param sourceIp where the request came from
 * @param requestId the request's id
 */
public record Actor(String accountId, String canonicalId, String principalId, String sourceIp, String requestId) {}
