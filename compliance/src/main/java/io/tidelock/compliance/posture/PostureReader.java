package io.tidelock.compliance.posture;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidelock.compliance.document.Collected;
import io.tidelock.compliance.snapshot.BucketDocument;

/**
 * Reads the documents of one store's buckets, its account, its roles and its keys, each in the provider's own field names. Never
 * throws for what a store answers: what cannot be read is {@link Collected.Unavailable} with the store's code. Blocks;
 * thread-safe.
 */
public interface PostureReader extends AutoCloseable {
    /** One document of a bucket. */
    Collected<JsonNode> document(String bucket, BucketDocument which);

    /** The public access block of an account, PublicAccessBlockConfiguration. */
    Collected<JsonNode> accountBlock(String account);

    /** Who may assume a role. */
    Collected<JsonNode> trust(String roleArn);

    /** All that a role's policies allow and deny, as one document; unavailable when one of them is. */
    Collected<JsonNode> permissions(String roleArn);

    /** The policy of a KMS key, which may be in another region than the store. */
    Collected<JsonNode> keyPolicy(String keyArn);

    @Override
    void close();
}
