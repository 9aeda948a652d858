package io.tidelock.compliance.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidelock.compliance.snapshot.SnapshotRead;
import io.tidelock.compliance.snapshot.SnapshotReader;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever a document holds, every control answers, soon, and never calls good what it did not understand. */
class HostileSnapshotsTest {
    private static final int DOCUMENTS = 20_000;
    private static final List<String> KEYS = List.of(
            "policy",
            "acl",
            "publicAccessBlock",
            "ownershipControls",
            "versioning",
            "encryption",
            "logging",
            "objectLock",
            "lifecycle",
            "notification",
            "replication",
            "cors",
            "tagging",
            "website",
            "requestPayment",
            "inventory",
            "intelligentTiering",
            "objects");
    private static final List<String> WORDS = List.of(
            "Statement",
            "Effect",
            "Allow",
            "Deny",
            "Principal",
            "NotPrincipal",
            "AWS",
            "*",
            "Service",
            "Action",
            "NotAction",
            "s3:*",
            "s3:GetObject",
            "Resource",
            "arn:aws:s3:::b/*",
            "arn:aws:s3:::b",
            "Condition",
            "Bool",
            "aws:SecureTransport",
            "false",
            "StringEquals",
            "aws:SourceVpc",
            "${aws:username}",
            "Version",
            "2012-10-17",
            "Owner",
            "ID",
            "Grants",
            "Grantee",
            "URI",
            "Permission",
            "READ",
            "CannedACL",
            "public-read",
            "Rules",
            "Status",
            "Enabled",
            "Destination",
            "Bucket",
            "Filter",
            "And",
            "Role",
            "LoggingEnabled",
            "TargetBucket",
            "ObjectOwnership",
            "BucketOwnerEnforced",
            "BlockPublicAcls",
            "true",
            "$unavailable",
            "ApplyServerSideEncryptionByDefault",
            "SSEAlgorithm",
            "aws:kms",
            "\u202e\u0000",
            "arn:::::",
            "${",
            "?*?*?*",
            "",
            "111122223333");

    private static JsonNode tree(Random random, int depth) {
        int kind = random.nextInt(depth == 0 ? 4 : 8);
        return switch (kind) {
            case 0 -> JsonNodeFactory.instance.numberNode(random.nextInt() / 1000.0);
            case 1 -> JsonNodeFactory.instance.booleanNode(random.nextBoolean());
            case 2 -> random.nextInt(4) == 0 ? JsonNodeFactory.instance.nullNode() : word(random);
            case 3 -> word(random);
            case 4, 5, 6 -> object(random, depth);
            default -> array(random, depth);
        };
    }

    private static JsonNode word(Random random) {
        return JsonNodeFactory.instance.textNode(WORDS.get(random.nextInt(WORDS.size())));
    }

    private static ObjectNode object(Random random, int depth) {
        var object = JsonNodeFactory.instance.objectNode();
        for (int i = random.nextInt(5); i > 0; i--) {
            object.set(WORDS.get(random.nextInt(WORDS.size())), tree(random, depth - 1));
        }
        return object;
    }

    private static ArrayNode array(Random random, int depth) {
        var array = JsonNodeFactory.instance.arrayNode();
        for (int i = random.nextInt(4); i > 0; i--) {
            array.add(tree(random, depth - 1));
        }
        return array;
    }

    /** Half of the documents are real ones with a part replaced, the others are made of the words of real ones. */
    private static JsonNode snapshot(Random random) {
        ObjectNode bucket =
                JsonNodeFactory.instance.objectNode().put("name", "b").put("region", "eu-west-1");
        for (String key : KEYS) {
            if (random.nextBoolean()) {
                bucket.set(key, tree(random, 5));
            }
        }
        if (random.nextBoolean()) {
            bucket.set("policy", statement(random));
        }
        ObjectNode snapshot = JsonNodeFactory.instance.objectNode();
        snapshot.set("bucket", bucket);
        snapshot.set("account", random.nextBoolean() ? tree(random, 3) : JsonNodeFactory.instance.objectNode());
        snapshot.set(
                "otherBuckets",
                JsonNodeFactory.instance.arrayNode().add(bucket.deepCopy().put("name", "arn:aws:s3:::b")));
        snapshot.set(
                "role",
                object(random, 3).<ObjectNode>set("policy", statement(random)).set("trust", statement(random)));
        return snapshot;
    }

    private static JsonNode statement(Random random) {
        ObjectNode statement =
                JsonNodeFactory.instance.objectNode().put("Effect", random.nextBoolean() ? "Allow" : "Deny");
        for (String element : List.of("Principal", "Action", "Resource", "Condition", "NotAction")) {
            if (random.nextInt(3) > 0) {
                statement.set(element, tree(random, 3));
            }
        }
        return JsonNodeFactory.instance.objectNode().set("Statement", statement);
    }

    @Test
    void twenty_thousand_generated_snapshots_are_all_answered() {
        long seed = 20261123;
        var random = new Random(seed);
        for (int i = 0; i < DOCUMENTS; i++) {
            JsonNode snapshot = snapshot(random);
            try {
                answered(snapshot);
            } catch (RuntimeException | AssertionError | StackOverflowError e) {
                throw new AssertionError("seed " + seed + ", document " + i + ": " + snapshot, e);
            }
        }
    }

    private static void answered(JsonNode snapshot) {
        if (!(SnapshotReader.read("fuzz", snapshot) instanceof SnapshotRead.Assessable assessable)) {
            return;
        }
        Map<String, Verdict> verdicts =
                ControlCatalog.all().evaluate(Evidence.of(assessable.snapshot(), Snapshots.NOW));
        verdicts.forEach((id, verdict) -> {
            assertThat(verdict.why()).as(id).isNotBlank();
            assertThat(verdict.evidence()).as(id).hasSizeLessThanOrEqualTo(Exhibits.LINES_MAX + 1);
        });
    }

    @DictionaryFile(resourcePath = "snapshot.dict")
    @FuzzTest(maxDuration = "10m")
    void no_bytes_make_a_control_throw(byte[] bytes) {
        if (SnapshotReader.read("fuzz", bytes) instanceof SnapshotRead.Assessable assessable) {
            ControlCatalog.all().evaluate(Evidence.of(assessable.snapshot(), Snapshots.NOW));
        }
    }

    @Test
    void a_policy_of_a_megabyte_is_answered_within_bounds() {
        // Given
        var statements = JsonNodeFactory.instance.arrayNode();
        String nasty = "s3:" + "*a".repeat(200) + "b";
        for (int i = 0; i < 2000; i++) {
            ObjectNode statement = statements.addObject();
            statement
                    .put("Effect", i % 2 == 0 ? "Allow" : "Deny")
                    .put("Principal", "*")
                    .put("Action", nasty);
            statement.put("Resource", "arn:aws:s3:::b" + "?*".repeat(20));
        }
        ObjectNode snapshot = JsonNodeFactory.instance.objectNode();
        snapshot.putObject("bucket")
                .put("name", "b")
                .set("policy", JsonNodeFactory.instance.objectNode().set("Statement", statements));

        // Then
        assertTimeout(Duration.ofMinutes(1), () -> answered(snapshot));
    }
}
