package io.tidelock.compliance.access;

import io.tidelock.compliance.document.Collected;
import io.tidelock.compliance.policy.Policy;
import io.tidelock.compliance.policy.RequestContext;

/**
 * Somebody wants something.
 *
 * @param action such as {@code s3:GetObject}
 * @param resource the ARN of the bucket or object
 * @param context what is known of the rest of the request
 * @param identityPolicy what the caller's own account allows the caller; root, services and the anonymous need none
 */
public record AccessRequest(
        Caller caller, String action, String resource, RequestContext context, Collected<Policy> identityPolicy) {}
