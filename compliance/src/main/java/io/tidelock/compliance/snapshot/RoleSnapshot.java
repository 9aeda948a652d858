package io.tidelock.compliance.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidelock.compliance.document.Collected;
import org.jspecify.annotations.Nullable;

/**
 * The role that replicates.
 *
 * @param arn the role's ARN, or null where the snapshot does not say
 * @param trust who may assume it
 * @param policy what it may do: all of its policies in one document
 */
public record RoleSnapshot(@Nullable String arn, Collected<JsonNode> trust, Collected<JsonNode> policy) {}
