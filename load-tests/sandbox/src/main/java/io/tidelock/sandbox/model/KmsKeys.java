package io.tidelock.sandbox.model;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** The keys of KMS in all regions, and S3's answers about them (UG: Using server-side encryption with KMS keys). Safe for many threads. */
public final class KmsKeys {
    private static final Pattern ARN =
            Pattern.compile("arn:aws:kms:(?<region>[a-z0-9-]+):(?<account>[0-9]{12}):(?<kind>key|alias)/(?<name>.+)");

    private final Map<String, KmsKey> byArn = new ConcurrentHashMap<>();

    /** Adds a key, or puts it in place of the one with its ARN. */
    public void put(KmsKey key) {
        byArn.put(key.arn(), key);
    }

    /** Changes the state of a key that is there. */
    public void setState(String arn, KmsKey.State state) {
        if (byArn.computeIfPresent(arn, (_, key) -> key.withState(state)) == null) {
            throw new IllegalArgumentException("no such key: " + arn);
        }
    }

    public Optional<KmsKey> find(String arn) {
        return Optional.ofNullable(byArn.get(arn));
    }

    /**
     * The key that S3 encrypts with when a request names it.
     *
     * @param region the bucket's region
     * @param accountId the requester's account, in which ids and aliases are looked up
     * @param name a key id, an alias name, or the ARN of either
     * @throws Refusal with one of S3's KMS codes when the key cannot be used
     */
    public KmsKey resolve(String region, String accountId, String name) {
        var arn = ARN.matcher(name);
        if (arn.matches() && !arn.group("region").equals(region)) {
            throw new Refusal(ErrorCode.KMS_NOT_FOUND, "Invalid arn " + arn.group("region"));
        }
        var wanted = arn.matches() ? arn.group("name") : name;
        var alias = arn.matches() ? arn.group("kind").equals("alias") : name.startsWith("alias/");
        var holder = arn.matches() ? arn.group("account") : accountId;
        var key = alias
                ? byAlias(region, holder, wanted.startsWith("alias/") ? wanted : "alias/" + wanted)
                : find("arn:aws:kms:" + region + ":" + holder + ":key/" + wanted);
        return usable(
                key.orElseThrow(() -> new Refusal(
                        ErrorCode.KMS_NOT_FOUND,
                        arn.matches() ? "Key '" + name + "' does not exist" : "Invalid keyId '" + name + "'")),
                accountId);
    }

    /** The AWS managed key {@code aws/s3} of an account, made when first used (UG: Using server-side encryption with KMS keys). */
    public KmsKey managed(String region, String accountId) {
        var existing = byAlias(region, accountId, "alias/aws/s3");
        if (existing.isPresent()) {
            return existing.get();
        }
        var id = "00000000-5353-4553-8000-" + accountId;
        var key = new KmsKey(region, accountId, id, Set.of("alias/aws/s3"), Set.of(), KmsKey.State.ENABLED);
        put(key);
        return key;
    }

    /**
     * Checks that a version's key still lets its bytes be read.
     *
     * @throws Refusal when it is disabled, gone or not for this account
     */
    public void checkReadable(String arn, String accountId) {
        usable(
                find(arn).orElseThrow(() -> new Refusal(ErrorCode.KMS_NOT_FOUND, "Key '" + arn + "' does not exist")),
                accountId);
    }

    private Optional<KmsKey> byAlias(String region, String accountId, String alias) {
        return byArn.values().stream()
                .filter(key -> key.region().equals(region)
                        && key.accountId().equals(accountId)
                        && key.aliases().contains(alias))
                .findFirst();
    }

    private static KmsKey usable(KmsKey key, String accountId) {
        if (!key.usableBy(accountId)) {
            throw new Refusal(
                    ErrorCode.ACCESS_DENIED,
                    "The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you"
                            + " are not allowed to access.");
        }
        return switch (key.state()) {
            case ENABLED -> key;
            case DISABLED -> throw new Refusal(ErrorCode.KMS_DISABLED, key.arn() + " is disabled.");
            case PENDING_DELETION ->
                throw new Refusal(ErrorCode.KMS_INVALID_STATE, key.arn() + " is pending deletion.");
            case PENDING_IMPORT -> throw new Refusal(ErrorCode.KMS_INVALID_STATE, key.arn() + " is pending import.");
            case UNAVAILABLE -> throw new Refusal(ErrorCode.KMS_INVALID_STATE, key.arn() + " is unavailable.");
        };
    }
}
