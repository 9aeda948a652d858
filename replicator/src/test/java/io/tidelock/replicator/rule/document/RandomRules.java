package io.tidelock.replicator.rule.document;

import io.tidelock.replicator.rule.ReplicationRule;
import io.tidelock.replicator.rule.ReplicationRule.SchemaVersion;
import io.tidelock.replicator.rule.RuleDestination;
import io.tidelock.replicator.rule.RuleFilter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Random configurations that S3 would take. */
final class RandomRules {
    private static final String ALPHABET = "abcXYZ019-_/.&<>\" '%+=:@\u00e9\u65e5\ud83c\udf0a";

    private final Random random;

    RandomRules(long seed) {
        random = new Random(seed);
    }

    List<ReplicationRule> rules() {
        var version = random.nextInt(4) == 0 ? SchemaVersion.V1 : SchemaVersion.V2;
        var rules = new ArrayList<ReplicationRule>();
        int count = 1 + random.nextInt(6);
        for (int i = 0; i < count; i++) {
            rules.add(version == SchemaVersion.V1 ? v1(i) : v2(i));
        }
        return rules;
    }

    private ReplicationRule v1(int place) {
        var kms = random.nextBoolean();
        return new ReplicationRule(
                place + text(1, 20),
                SchemaVersion.V1,
                0,
                random.nextBoolean(),
                new RuleFilter.Prefix(place + text(0, 20)),
                destination(kms, false),
                true,
                kms,
                false);
    }

    private ReplicationRule v2(int place) {
        var kms = random.nextBoolean();
        var filter = filter();
        return new ReplicationRule(
                place + text(1, 20),
                SchemaVersion.V2,
                place * 7 + random.nextInt(7),
                random.nextBoolean(),
                filter,
                destination(kms, random.nextBoolean()),
                !filter.needsTags() && random.nextBoolean(),
                kms,
                random.nextBoolean());
    }

    private RuleFilter filter() {
        return switch (random.nextInt(4)) {
            case 0 -> new RuleFilter.Everything();
            case 1 -> new RuleFilter.Prefix(text(1, 30));
            case 2 -> new RuleFilter.Tagged(text(1, 20), text(0, 20));
            default -> {
                var tags = new HashMap<String, String>();
                for (int i = random.nextInt(4); i >= 0; i--) {
                    tags.put(text(1, 20), text(0, 20));
                }
                yield new RuleFilter.All(text(0, 20), tags);
            }
        };
    }

    private RuleDestination destination(boolean kms, boolean timed) {
        var account = maybe("444455556666");
        var metrics = timed && random.nextBoolean();
        return new RuleDestination(
                "replicas-" + random.nextInt(3),
                account,
                maybe("STANDARD_IA"),
                kms ? "arn:aws:kms:eu-central-1:444455556666:key/" + random.nextInt(9) : null,
                account != null && random.nextBoolean(),
                metrics && random.nextBoolean(),
                metrics);
    }

    private @Nullable String maybe(String value) {
        return random.nextBoolean() ? value : null;
    }

    private String text(int lengthMin, int lengthMax) {
        var codePoints = ALPHABET.codePoints().toArray();
        var text = new StringBuilder();
        for (int i = lengthMin + random.nextInt(lengthMax - lengthMin); i > 0; i--) {
            text.appendCodePoint(codePoints[random.nextInt(codePoints.length)]);
        }
        return text.toString();
    }
}
