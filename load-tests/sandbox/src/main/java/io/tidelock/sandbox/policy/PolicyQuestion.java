package io.tidelock.sandbox.policy;

import java.util.Map;
import java.util.Set;

/**
 * What a policy is asked.
 *
 * @param principals every spelling of the caller that a policy may name, besides {@code *}
 * @param action the action, such as {@code s3:GetObject}
 * @param resource the ARN it is done to
 * @param context the values of the condition keys that the request has, by lower-case key
 */
record PolicyQuestion(Set<String> principals, String action, String resource, Map<String, String> context) {}
