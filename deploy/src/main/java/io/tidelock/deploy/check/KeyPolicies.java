package io.tidelock.deploy.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tidelock.compliance.document.Collected;
import io.tidelock.compliance.iam.Comparison;
import io.tidelock.compliance.iam.Comparison.Shortfall;
import io.tidelock.compliance.iam.Need;
import io.tidelock.compliance.iam.Trust;
import io.tidelock.compliance.policy.Arn;
import io.tidelock.compliance.policy.Policy;
import io.tidelock.compliance.policy.PolicyKind;
import io.tidelock.compliance.policy.PolicyReader;
import io.tidelock.compliance.posture.PostureReader;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The policies of the keys that are needed, each read once, and what they leave to principals. Not thread-safe. */
final class KeyPolicies {
    private final Function<String, Optional<PostureReader>> readers;
    private final Map<String, Collected<Policy>> read = new LinkedHashMap<>();

    /**
     * @param readers who can read about an ARN
     */
    KeyPolicies(Function<String, Optional<PostureReader>> readers) {
        this.readers = readers;
    }

    /**
     * The needs of each key that is known by name. Where any key may be needed, the one is meant that the bucket encrypts
     * with by default.
     *
     * @param encryptions the default encryption of a bucket, by its name
     */
    Map<String, List<Need>> needed(List<Need> needs, Function<String, Collected<JsonNode>> encryptions) {
        var byKey = new LinkedHashMap<String, LinkedHashSet<Need>>();
        for (var need : needs) {
            if (need.ofKey()) {
                (isTemplate(need) ? byDefault(need, encryptions) : Optional.of(need))
                        .ifPresent(one -> byKey.computeIfAbsent(one.resource(), _ -> new LinkedHashSet<>())
                                .add(one));
            }
        }
        var all = new LinkedHashMap<String, List<Need>>();
        byKey.forEach((key, its) -> all.put(key, List.copyOf(its)));
        return all;
    }

    /** The key's policy; unavailable where nobody can read it. Blocks. */
    Collected<Policy> of(String arn) {
        return read.computeIfAbsent(
                arn,
                _ -> readers.apply(arn)
                        .map(reader -> reader.keyPolicy(arn))
                        .orElseGet(Collected.NotCollected::new)
                        .then(node -> PolicyReader.read(node, PolicyKind.RESOURCE)));
    }

    /** What the principal lacks where the key leaves it to the principal's own policy; what the key lacks is told of it. */
    List<Shortfall> ofPrincipal(Need need, Collected<Policy> own) {
        var policy = isTemplate(need) ? new Collected.NotCollected<Policy>() : of(need.resource());
        var ofKey = policy.certain() ? Comparison.ofKeyPolicy(List.of(need), policy) : List.<Shortfall>of();
        if (ofKey.stream().anyMatch(Shortfall::missing)) {
            return List.of();
        }
        if (policy.certain() && ofKey.isEmpty()) {
            return Comparison.shortfalls(List.of(need), own, policy);
        }
        return Comparison.shortfalls(List.of(need), own, leftTo(need)).stream()
                .map(shortfall -> need.foreign()
                        ? shortfall
                        : new Shortfall(need, false, shortfall.why() + ", unless the key's policy names it"))
                .toList();
    }

    /** A key's policy that leaves everything to the policies of the principal's account. */
    private static Collected<Policy> leftTo(Need need) {
        var document = JsonNodeFactory.instance.objectNode().put("Version", "2012-10-17");
        var statement = document.putArray("Statement").addObject();
        statement.put("Effect", "Allow").put("Action", "kms:*").put("Resource", "*");
        statement.putObject("Principal").put("AWS", Trust.accountOf(need.principal()));
        return PolicyReader.read(document, PolicyKind.RESOURCE);
    }

    private static boolean isTemplate(Need need) {
        return need.resource().endsWith("*");
    }

    private static Optional<Need> byDefault(Need need, Function<String, Collected<JsonNode>> encryptions) {
        return bucketOf(need)
                .flatMap(bucket -> encryptions.apply(bucket).known())
                .map(encryption -> encryption.path("Rules").path(0).path("ApplyServerSideEncryptionByDefault"))
                .filter(rule -> rule.path("SSEAlgorithm").asText("").startsWith("aws:kms"))
                .map(rule -> rule.path("KMSMasterKeyID").asText(""))
                .filter(key -> !key.isEmpty())
                .map(key -> key.startsWith("arn:") ? key : need.resource().replace("*", key))
                .filter(key -> key.contains(":key/") && Arn.covers(need.resource(), key))
                .map(need::on);
    }

    /** The bucket that the key is used for, which the condition on the encryption context names. */
    private static Optional<String> bucketOf(Need need) {
        return need.conditions().stream()
                .filter(condition -> condition.key().equals("kms:EncryptionContext:aws:s3:arn"))
                .flatMap(condition -> condition.values().stream())
                .filter(arn -> !arn.contains("/"))
                .map(arn -> arn.substring(arn.lastIndexOf(':') + 1))
                .findFirst();
    }
}
