package io.tidelock.sandbox.auth;

import io.tidelock.sandbox.model.ObjectAccess;
import java.util.Optional;

/**
 * A question to the policies: may this caller do this.
 *
 * @param caller who asks
 * @param action the IAM action, such as {@code s3:GetObjectVersion}
 * @param bucket the bucket's name
 * @param bucketOwnerId the account that owns the bucket
 * @param policy the bucket policy, as JSON
 * @param key the object key where the action is on an object
 * @param object owner and grants of the version that is read or changed, where there is one and ACLs are not switched off
 * @param head the request, for conditions
 */
public record AccessRequest(
        Caller caller,
        String action,
        String bucket,
        String bucketOwnerId,
        Optional<String> policy,
        Optional<String> key,
        Optional<ObjectAccess> object,
        RequestHead head) {}
