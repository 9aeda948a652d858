package io.tidelock.replicator.plan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.domain.BucketEvent.ObjectCreated;
import io.tidelock.domain.Cause;
import io.tidelock.domain.Encryption;
import io.tidelock.domain.ObjectKey;
import io.tidelock.domain.Occurrence;
import io.tidelock.domain.Sequencer;
import io.tidelock.domain.VersionId;
import io.tidelock.replicator.mark.MarkKeys;
import io.tidelock.replicator.mark.OriginMark;
import io.tidelock.replicator.outcome.FailureReason;
import io.tidelock.replicator.outcome.SkipReason;
import io.tidelock.replicator.plan.Plan.Refuse;
import io.tidelock.replicator.plan.Plan.Replicate;
import io.tidelock.replicator.plan.Plan.Skip;
import io.tidelock.replicator.rule.ReplicationRule;
import io.tidelock.replicator.rule.RuleDestination;
import io.tidelock.replicator.rule.RuleFilter;
import io.tidelock.replicator.rule.WayBack;
import io.tidelock.replicator.store.AclWrite;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class EligibilityTest {
    private static final Encryption KMS = new Encryption.SseKms("arn:aws:kms:eu:1:key/source", false, true);

    private final TwoSides sides = new TwoSides();

    private VersionId put(Map<String, String> metadata, Map<String, String> tags, Encryption encryption, String type) {
        return sides.source.world().put(sides.key, "one".getBytes(UTF_8), metadata, tags, encryption, type);
    }

    private static ReplicationRule rule(RuleDestination destination, boolean sseKmsSelected) {
        var rule = TwoSides.RULE;
        return new ReplicationRule(
                rule.id(),
                rule.version(),
                rule.priority(),
                true,
                rule.filter(),
                destination,
                true,
                sseKmsSelected,
                false);
    }

    private Map<String, String> marked(ObjectKey place) {
        var mark = new OriginMark(
                sides.replicas, new VersionId("v"), null, TwoSides.START, null, OriginMark.Kind.IN_ORDER);
        return Map.of(MarkKeys.METADATA_NAME, TwoSides.KEYS.sign(mark, place));
    }

    @Test
    void rule_10_a_replica_is_not_replicated_onward() {
        // Given
        var id = put(marked(sides.key), Map.of(), new Encryption.None(), "STANDARD");

        // When / Then
        assertThat(sides.decide(sides.created(id, 1)).plan()).isEqualTo(new Skip(SkipReason.SOURCE_IS_REPLICA));
    }

    @Test
    void rule_49_a_forged_or_copied_mark_does_not_keep_an_object_out() {
        // Given
        var id = put(marked(new ObjectKey(sides.originals, "another")), Map.of(), new Encryption.None(), "STANDARD");

        // When
        var plan = (Replicate) sides.decide(sides.created(id, 1)).plan();

        // Then
        assertThat(plan.write().userMetadata()).containsOnlyKeys(MarkKeys.METADATA_NAME);
        assertThat(plan.marked()).isTrue();
    }

    @Test
    void rule_49_a_replica_that_somebody_copied_onto_itself_is_an_ordinary_object() {
        for (var own : List.of(Set.<String>of(), Set.of("tidelock"))) {
            // Given
            sides.planner = new Planner(TwoSides.KEYS, own);
            put(marked(sides.key), Map.of(), new Encryption.None(), "STANDARD");
            sides.put("another");
            var copy = put(marked(sides.key), Map.of(), new Encryption.None(), "STANDARD");

            // When
            var plan = (Replicate) sides.decide(by("alice", copy)).plan();

            // Then
            assertThat(plan.source().version().id()).isEqualTo(copy);
        }
    }

    @Test
    void rule_49_the_first_version_with_a_mark_is_tidelocks_even_when_its_name_is_not_among_the_principals() {
        // Given
        sides.planner = new Planner(TwoSides.KEYS, Set.of("a misspelled tidelock"));
        var id = put(marked(sides.key), Map.of(), new Encryption.None(), "STANDARD");
        put(marked(sides.key), Map.of(), new Encryption.None(), "STANDARD");

        // When / Then
        assertThat(sides.decide(by("tidelock", id)).plan()).isEqualTo(new Skip(SkipReason.SOURCE_IS_REPLICA));
    }

    @Test
    void rule_49_what_tidelock_is_known_to_have_written_needs_no_listing() {
        // Given
        sides.planner = new Planner(TwoSides.KEYS, Set.of("tidelock"));
        var id = put(marked(sides.key), Map.of(), new Encryption.None(), "STANDARD");

        // When / Then
        assertThat(sides.decide(by("tidelock", id)).plan()).isEqualTo(new Skip(SkipReason.SOURCE_IS_REPLICA));
        assertThat(sides.asked).doesNotContain(new Question.SourceStack());
    }

    private ObjectCreated by(String principal, VersionId id) {
        var time = sides.clock.instant();
        return new ObjectCreated(
                new Occurrence(
                        sides.key, id, time, new Sequencer("01"), principal, "ObjectCreated:Copy", Cause.REQUEST),
                3L,
                null);
    }

    @Test
    void rule_48_what_the_stores_own_replication_brought_is_a_replica() {
        // Given
        var id = sides.put("one");
        var event = new ObjectCreated(sides.occurrence(id, 1L, "ObjectSynced:Create", Cause.REPLICATION), 3L, null);

        // When / Then
        assertThat(sides.decide(event).plan()).isEqualTo(new Skip(SkipReason.SOURCE_IS_REPLICA));
    }

    @Test
    void rule_24_an_archived_version_is_not_read() {
        for (var type : new String[] {"GLACIER", "DEEP_ARCHIVE"}) {
            // Given
            var id = put(Map.of(), Map.of(), new Encryption.None(), type);

            // When / Then
            assertThat(sides.decide(sides.created(id, 1)).plan()).isEqualTo(new Skip(SkipReason.ARCHIVED));
        }
    }

    @Test
    void rule_24_the_class_is_the_rules_or_else_the_sources() {
        // Given
        var id = put(Map.of(), Map.of(), new Encryption.None(), "ONEZONE_IA");

        // When
        var own = (Replicate) sides.decide(sides.created(id, 1)).plan();
        sides.rule = rule(new RuleDestination("replicas", null, "GLACIER_IR", null, false, false, false), false);
        var given = (Replicate) sides.decide(sides.created(id, 1)).plan();

        // Then
        assertThat(own.write().storageClass()).isEqualTo("ONEZONE_IA");
        assertThat(given.write().storageClass()).isEqualTo("GLACIER_IR");
    }

    @Test
    void rule_25_sse_s3_stays_and_plain_gets_the_destinations_default() {
        // Given
        var plain = put(Map.of(), Map.of(), new Encryption.None(), "STANDARD");
        var encrypted = put(Map.of(), Map.of(), new Encryption.SseS3(), "STANDARD");

        // When
        var first = (Replicate) sides.decide(sides.created(plain, 1)).plan();
        var second = (Replicate) sides.decide(sides.created(encrypted, 2)).plan();

        // Then
        assertThat(first.write().encryption()).isEqualTo(new Encryption.None());
        assertThat(second.write().encryption()).isEqualTo(new Encryption.SseS3());
    }

    @Test
    void rule_26_sse_kms_is_replicated_only_where_it_is_selected() {
        // Given
        var id = put(Map.of(), Map.of(), KMS, "STANDARD");

        // When / Then
        assertThat(sides.decide(sides.created(id, 1)).plan()).isEqualTo(new Skip(SkipReason.KMS_NOT_SELECTED));
    }

    @Test
    void rule_26_sse_kms_gets_the_rules_key() {
        // Given
        var id = put(Map.of(), Map.of(), KMS, "STANDARD");
        var key = "arn:aws:kms:eu-central-1:2:key/replica";
        sides.rule = rule(new RuleDestination("replicas", null, null, key, false, false, false), true);

        // When
        var plan = (Replicate) sides.decide(sides.created(id, 1)).plan();

        // Then
        assertThat(plan.write().encryption()).isEqualTo(new Encryption.SseKms(key, false, true));
    }

    @Test
    void rule_29_a_version_that_only_its_writer_can_read_is_skipped() {
        // Given
        var id = sides.put("one");
        var facts = Facts.NONE
                .with(new Question.DestinationBucket(), sides.destination.inspect(sides.replicas))
                .with(new Question.DestinationHead(), sides.destination.head(sides.replica))
                .with(new Question.SourceHead(id), new SourceAnswer.NeedsCustomerKey());

        // When
        var decision = sides.planner.decide(sides.assignment(sides.created(id, 1)), facts);

        // Then
        assertThat(((Decision.Decided) decision).plan()).isEqualTo(new Skip(SkipReason.SSE_C_UNREADABLE));
    }

    @Test
    void rule_09_tags_decide_where_the_rule_selects_by_tag() {
        // Given
        sides.rule = TwoSides.rule(new RuleFilter.Tagged("class", "gold"), RuleDestination.of("replicas"));
        var gold = put(Map.of(), Map.of("class", "gold", "other", "x"), new Encryption.None(), "STANDARD");
        var silver = put(Map.of(), Map.of("class", "silver"), new Encryption.None(), "STANDARD");

        // When
        var plan = (Replicate) sides.decide(sides.created(gold, 1)).plan();

        // Then
        assertThat(plan.write().tags()).isEqualTo(Map.of("class", "gold", "other", "x"));
        assertThat(sides.decide(sides.created(silver, 2)).plan()).isEqualTo(new Skip(SkipReason.TAGS_DO_NOT_MATCH));
    }

    @Test
    void rule_32_full_control_is_sent_only_where_another_account_writes() {
        // Given
        sides.rule = rule(new RuleDestination("replicas", "222", null, null, true, false, false), false);
        var event = sides.created(sides.put("one"), 1);
        var own = sides.assignment(event);
        var others = new Assignment(
                event, own.rule(), own.replica(), own.history(), own.acl(), own.destination(), false, WayBack.NONE);

        // When
        var byOwner = (Replicate) sides.decide(own).plan();
        var byOther = (Replicate) sides.decide(others).plan();

        // Then
        assertThat(byOwner.write().acl()).isEqualTo(AclWrite.DEFAULT);
        assertThat(byOther.write().acl()).isEqualTo(AclWrite.canned("bucket-owner-full-control"));
    }

    @Test
    void rule_35_a_rule_for_both_ways_needs_room_for_the_mark() {
        // Given
        sides.wayBack = WayBack.WRITES;
        var id = put(Map.of("long", "x".repeat(2000)), Map.of(), new Encryption.None(), "STANDARD");

        // When
        var plan = sides.decide(sides.created(id, 1)).plan();

        // Then
        assertThat(((Refuse) plan).reason()).isEqualTo(FailureReason.MARK_DOES_NOT_FIT);
    }

    @Test
    void rule_35_wanting_changes_on_replicas_alone_makes_no_rule_for_both_ways() {
        // Given
        var rule = TwoSides.RULE;
        sides.rule =
                new ReplicationRule("r", rule.version(), 1, true, rule.filter(), rule.destination(), true, false, true);
        var id = put(Map.of("long", "x".repeat(2000)), Map.of(), new Encryption.None(), "STANDARD");

        // When
        var plan = (Replicate) sides.decide(sides.created(id, 1)).plan();

        // Then
        assertThat(plan.marked()).isFalse();
    }

    @Test
    void rule_26_a_version_in_two_layers_of_encryption_becomes_one_in_two_layers() {
        // Given
        sides.rule = rule(new RuleDestination("replicas", null, null, "replica-key", false, false, false), true);
        var id = sides.source
                .world()
                .put(
                        sides.key,
                        new byte[1],
                        Map.of(),
                        Map.of(),
                        new Encryption.SseKms("source-key", true, false),
                        "STANDARD");

        // When
        var plan = (Replicate) sides.decide(sides.created(id, 1)).plan();

        // Then
        assertThat(plan.write().encryption()).isEqualTo(new Encryption.SseKms("replica-key", true, false));
    }

    @Test
    void rule_28_a_bucket_key_is_used_where_the_source_used_one() {
        for (var bucketKey : new boolean[] {true, false}) {
            // Given
            sides.rule = rule(new RuleDestination("replicas", null, null, "replica-key", false, false, false), true);
            var encryption = new Encryption.SseKms("source-key", false, bucketKey);
            var id = sides.source.world().put(sides.key, new byte[1], Map.of(), Map.of(), encryption, "STANDARD");

            // When
            var plan = (Replicate) sides.decide(sides.created(id, 1)).plan();

            // Then
            assertThat(plan.write().encryption()).isEqualTo(new Encryption.SseKms("replica-key", false, bucketKey));
        }
    }

    @Test
    void rule_28_the_pairs_of_the_rule_go_with_the_replica_and_with_what_is_put_back() {
        // Given
        var pairs = new TreeMap<>(Map.of("team", "photos"));
        sides.destination.world().kmsKey("replica-key", true);
        sides.rule =
                rule(new RuleDestination("replicas", null, null, "replica-key", false, false, false).with(pairs), true);
        var late = put(Map.of(), Map.of(), KMS, "STANDARD");
        var newer = put(Map.of(), Map.of(), KMS, "STANDARD");
        var first = (Replicate) sides.decide(sides.created(newer, 2)).plan();
        sides.replicate(sides.created(newer, 2));

        // When
        var plan = (Replicate) sides.decide(sides.created(late, 1)).plan();

        // Then
        var wanted = new Encryption.SseKms("replica-key", false, true, pairs);
        assertThat(first.write().encryption()).isEqualTo(wanted);
        assertThat(plan.putBack())
                .containsInstanceOf(Plan.PutBack.Version.class)
                .hasValueSatisfying(putBack -> assertThat(
                                ((Plan.PutBack.Version) putBack).write().encryption())
                        .isEqualTo(wanted));
    }

    @Test
    void rule_29_a_version_whose_key_the_stores_have_is_copied_under_the_same_key() {
        // Given
        var key = new Encryption.SseC("md5 of the key");
        var id = sides.source.world().put(sides.key, new byte[1], Map.of(), Map.of(), key, "STANDARD");

        // When
        var plan = (Replicate) sides.decide(sides.created(id, 1)).plan();

        // Then
        assertThat(plan.write().encryption()).isEqualTo(key);
    }
}
