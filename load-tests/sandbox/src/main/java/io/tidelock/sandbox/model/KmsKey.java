package io.tidelock.sandbox.model;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A symmetric key of KMS in one region.
 *
 * @param region where it lives; S3 uses keys of the bucket's own region only (UG: Using SSE-KMS)
 * @param accountId who owns it
 * @param keyId a UUID
 * @param aliases names such as {@code alias/photos}, resolved in the requester's account
 * @param sharedWith other accounts that the key policy lets use it
 * @param state whether it can be used
 */
public record KmsKey(
        String region, String accountId, String keyId, Set<String> aliases, Set<String> sharedWith, State state) {
    /** Whether a key can be used (KMS developer guide: Key states). */
    public enum State {
        ENABLED,
        DISABLED,
        PENDING_DELETION,
        PENDING_IMPORT,
        UNAVAILABLE
    }

    public KmsKey {
        aliases = Set.copyOf(aliases);
        sharedWith = Set.copyOf(sharedWith);
    }

    /** An enabled key of one account. */
    public static KmsKey enabled(String region, String accountId, String keyId) {
        return new KmsKey(region, accountId, keyId, Set.of(), Set.of(), State.ENABLED);
    }

    public String arn() {
        return "arn:aws:kms:" + region + ":" + accountId + ":key/" + keyId;
    }

    /** What a key's policy is until somebody gives it one (KMS developer guide: Default key policy). */
    String defaultPolicy() {
        var accounts = Stream.concat(Stream.of(accountId), sharedWith.stream().sorted())
                .map(account -> "\"arn:aws:iam::" + account + ":root\"")
                .collect(Collectors.joining(", "));
        return "{\"Version\": \"2012-10-17\", \"Id\": \"key-default-1\", \"Statement\": [{\"Sid\": \"Enable IAM User"
                + " Permissions\", \"Effect\": \"Allow\", \"Principal\": {\"AWS\": [" + accounts
                + "]}, \"Action\": \"kms:*\", \"Resource\": \"*\"}]}";
    }

    public KmsKey withState(State next) {
        return new KmsKey(region, accountId, keyId, aliases, sharedWith, next);
    }

    /** Whether a policy as AWS makes it, with the accounts it is shared with, lets an account use the key. */
    public boolean usableBy(String account) {
        return accountId.equals(account) || sharedWith.contains(account);
    }
}
