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
    private final Map<String, String> policies = new ConcurrentHashMap<>();

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

    /** Gives a key a policy, as PutKeyPolicy does; what it says is read when it is asked. */
    public void setPolicy(String arn, String json) {
        policies.put(arn, json);
    }

    /** Takes a key's policy back to the one that AWS makes. */
    public void resetPolicy(String arn) {
        policies.remove(arn);
    }

    /** A key's policy: the one it was given, or else the default, which leaves everything to the policies of its accounts. */
    public String policyOf(KmsKey key) {
        var given = policies.get(key.arn());
        return given != null ? given : key.defaultPolicy();
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
     * @throws Refusal with one of S3's KMS codes when there is no such key
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
        return key.orElseThrow(() -> new Refusal(
                ErrorCode.KMS_NOT_FOUND,
                arn.matches() ? "Key '" + name + "' does not exist" : "Invalid keyId '" + name + "'"));
    }

    /** The AWS managed key {@code aws/s3} of an account, made when first used (UG: Using server-side encryption with KMS keys). */
    public KmsKey managed(String region, String accountId) {
        var existing = byAlias(region, accountId, "alias/aws/s3");
        if (existing.isPresent()) {
            return existing.get();
        }
        var id = "00000000-5353-4553-8000-" + accountId;
        var key = new KmsKey(region, accountId, id, Set.of("alias/aws/s3"), Set.of(), KmsKey.State.ENABLED);
        setPolicy(key.arn(), managedPolicy(region, accountId));
        put(key);
        return key;
    }

    /** Anybody of the account, through S3 (KMS developer guide: AWS managed keys; the policy of aws/s3). */
    private static String managedPolicy(String region, String accountId) {
        return """
            {"Version": "2012-10-17", "Id": "auto-s3-2", "Statement": [{"Effect": "Allow", "Principal": {"AWS": "*"},
            "Action": ["kms:Encrypt", "kms:Decrypt", "kms:GenerateDataKey"], "Resource": "*", "Condition": {"StringEquals":
            {"kms:CallerAccount": "%s", "kms:ViaService": "s3.%s.amazonaws.com"}}}]}\
            """.formatted(accountId, region);
    }

    /**
     * The key that a version or an upload is encrypted with.
     *
     * @throws Refusal when it is gone
     */
    public KmsKey get(String arn) {
        return find(arn).orElseThrow(() -> new Refusal(ErrorCode.KMS_NOT_FOUND, "Key '" + arn + "' does not exist"));
    }

    private Optional<KmsKey> byAlias(String region, String accountId, String alias) {
        return byArn.values().stream()
                .filter(key -> key.region().equals(region)
                        && key.accountId().equals(accountId)
                        && key.aliases().contains(alias))
                .findFirst();
    }

    /**
     * Checks that the state of a key lets it be used.
     *
     * @throws Refusal with one of S3's KMS codes otherwise
     */
    public static void requireUsable(KmsKey key) {
        switch (key.state()) {
            case ENABLED -> {}
            case DISABLED -> throw new Refusal(ErrorCode.KMS_DISABLED, key.arn() + " is disabled.");
            case PENDING_DELETION ->
                throw new Refusal(ErrorCode.KMS_INVALID_STATE, key.arn() + " is pending deletion.");
            case PENDING_IMPORT -> throw new Refusal(ErrorCode.KMS_INVALID_STATE, key.arn() + " is pending import.");
            case UNAVAILABLE -> throw new Refusal(ErrorCode.KMS_INVALID_STATE, key.arn() + " is unavailable.");
        }
    }
}
