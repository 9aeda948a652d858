package io.tidelock.sandbox.auth;

import io.tidelock.sandbox.model.KmsKey;
import java.util.Map;

/**
 * A question to the policy of a KMS key and to the caller's own: may this caller do this with the key.
 *
 * @param caller who asks
 * @param action the IAM action, such as {@code kms:Decrypt}
 * @param key the key
 * @param policy the key's policy, as JSON
 * @param context what conditions of KMS may ask for, by lower-case key
 */
public record KeyRequest(Caller caller, String action, KmsKey key, String policy, Map<String, String> context) {
    public KeyRequest {
        context = Map.copyOf(context);
    }
}
