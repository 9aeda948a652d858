package io.tidelock.replicator.plan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.domain.BucketEvent;
import io.tidelock.domain.BucketEvent.DeleteMarkerCreated;
import io.tidelock.domain.BucketEvent.ObjectCreated;
import io.tidelock.domain.Cause;
import io.tidelock.domain.Encryption;
import io.tidelock.domain.Look;
import io.tidelock.domain.Look.Purpose;
import io.tidelock.domain.ObjectVersion;
import io.tidelock.domain.Occurrence;
import io.tidelock.domain.VersionId;
import io.tidelock.domain.VersionStack.DataVersion;
import io.tidelock.replicator.outcome.Journal;
import io.tidelock.replicator.outcome.SkipReason;
import io.tidelock.replicator.plan.Plan.PropagateDeleteMarker;
import io.tidelock.replicator.plan.Plan.Replicate;
import io.tidelock.replicator.plan.Plan.Skip;
import io.tidelock.replicator.rule.ReplicationRule;
import io.tidelock.replicator.rule.ReplicationRule.SchemaVersion;
import io.tidelock.replicator.rule.RuleDestination;
import io.tidelock.replicator.rule.RuleFilter;
import io.tidelock.replicator.rule.WayBack;
import io.tidelock.replicator.store.AclWrite;
import io.tidelock.replicator.store.BucketFacts.Versioning;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is planned where a job asks for a look. */
class LookPlansTest {
    private static final RuleDestination REPLICAS = RuleDestination.of("replicas");

    private final TwoSides sides = new TwoSides();

    private Occurrence occurrence(VersionId id, String rule, Purpose purpose) {
        return new Occurrence(
                sides.key, id, sides.clock.instant(), null, null, "n", Cause.JOB, new Look(rule, purpose));
    }

    private BucketEvent asked(VersionId id, String rule, Purpose purpose) {
        return new ObjectCreated(occurrence(id, rule, purpose), 3L, null);
    }

    private Plan plan(BucketEvent event) {
        return sides.decide(event).plan();
    }

    @Test
    void the_rule_that_is_asked_copies_what_is_not_there() {
        assertThat(plan(asked(sides.put("one"), "r", Purpose.RESYNC))).isInstanceOf(Replicate.class);
    }

    @Test
    void a_rule_that_goes_before_the_asked_one_keeps_what_it_takes_and_leaves_the_rest() {
        // Given
        sides.rule = TwoSides.rule(new RuleFilter.Tagged("class", "gold"), REPLICAS);
        var gold = sides.source
                .world()
                .put(
                        sides.key,
                        "one".getBytes(UTF_8),
                        Map.of(),
                        Map.of("class", "gold"),
                        new Encryption.None(),
                        "STANDARD");
        var plain = sides.put("two");

        // When / Then
        assertThat(plan(asked(gold, "another", Purpose.RESYNC))).isEqualTo(new Skip(SkipReason.ANOTHER_RULE));
        assertThat(plan(asked(plain, "another", Purpose.RESYNC))).isEqualTo(new Skip(SkipReason.TAGS_DO_NOT_MATCH));
    }

    @Test
    void a_marker_is_put_by_the_asked_rule_only() {
        // Given
        sides.replicate(sides.created(sides.put("one"), 1));
        var marker = sides.delete();

        // When
        var other = plan(new DeleteMarkerCreated(occurrence(marker, "another", Purpose.RESYNC)));
        var asked = plan(new DeleteMarkerCreated(occurrence(marker, "r", Purpose.RESYNC)));

        // Then
        assertThat(other).isEqualTo(new Skip(SkipReason.ANOTHER_RULE));
        assertThat(asked).isInstanceOf(PropagateDeleteMarker.class);
    }

    @ParameterizedTest
    @EnumSource(Journal.Entry.class)
    void a_sweep_copies_only_what_was_never_there_and_tries_again_only_when_the_configuration_changed(
            Journal.Entry entry) {
        // Given
        var id = sides.put("one");
        sides.journal = (_, _, _, _) -> entry;

        // When
        var sweep = plan(asked(id, "r", Purpose.SWEEP));
        var again = plan(asked(id, "r", Purpose.SWEEP_AGAIN));
        var resync = plan(asked(id, "r", Purpose.RESYNC));

        // Then
        assertThat(resync).isInstanceOf(Replicate.class);
        assertThat(List.of(name(sweep), name(again)))
                .isEqualTo(
                        switch (entry) {
                            case NOTHING -> List.of("Replicate", "Replicate");
                            case WAS_THERE -> List.of("DstObjectHardDeleted", "DstObjectHardDeleted");
                            case FAILED -> List.of("FAILED_BEFORE", "Replicate");
                            case WAS_THERE_AND_FAILED -> List.of("FAILED_BEFORE", "DstObjectHardDeleted");
                            case UNCERTAIN, UNREADABLE -> List.of("LEFT_TO_NEXT_SWEEP", "LEFT_TO_NEXT_SWEEP");
                        });
    }

    @Test
    void a_null_version_that_was_there_and_was_removed_is_told_from_a_newer_one_by_its_etag() {
        // Given
        sides.source.world().versioning(sides.originals, Versioning.SUSPENDED);
        var id = sides.put("one");
        var removed = eTag();
        sides.journal = (_, _, eTag, _) -> removed.equals(eTag) ? Journal.Entry.WAS_THERE : Journal.Entry.NOTHING;

        // When
        var same = plan(asked(id, "r", Purpose.SWEEP));
        sides.put("two");
        var newer = plan(asked(id, "r", Purpose.SWEEP));

        // Then
        assertThat(id.isNull()).isTrue();
        assertThat(name(same)).isEqualTo("DstObjectHardDeleted");
        assertThat(newer).isInstanceOf(Replicate.class);
    }

    /** Of the version that is current at the source. */
    private String eTag() {
        return sides.source.stack(sides.key).layers().stream()
                .map(layer -> ((DataVersion) layer).eTag())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_sweep_that_finds_the_replica_asks_no_journal() {
        // Given
        var id = sides.put("one");
        sides.replicate(sides.created(id, 1));

        // When
        var plan = plan(asked(id, "r", Purpose.SWEEP));

        // Then
        assertThat(plan).isEqualTo(new Skip(SkipReason.ALREADY_REPLICATED));
        assertThat(sides.asked).doesNotContain(new Question.Journalled(id, null));
    }

    @Test
    void a_marker_that_is_swept_does_not_bring_back_the_data_below_it_that_was_removed() {
        // Given
        sides.put("one");
        var marker = sides.delete();
        sides.journal = (_, version, _, _) -> version.equals(marker) ? Journal.Entry.NOTHING : Journal.Entry.WAS_THERE;

        // When
        var plan = plan(new DeleteMarkerCreated(occurrence(marker, "r", Purpose.SWEEP)));

        // Then
        assertThat(name(plan)).isEqualTo("DstObjectHardDeleted");
    }

    @ParameterizedTest
    @EnumSource(value = Purpose.class, mode = EnumSource.Mode.EXCLUDE, names = "TAKEOVER")
    void rule_34_a_look_at_a_replica_that_is_there_finds_other_tags(Purpose purpose) {
        // Given
        var id = sides.put("one");
        var replica = sides.replicate(sides.created(id, 1));
        sides.source.putTags(new ObjectVersion(sides.key, id), Map.of("class", "gold"));

        // When
        var plan = plan(asked(id, "r", purpose));

        // Then
        assertThat(changes(plan))
                .containsExactly(
                        new MetadataChange.Tags(new ObjectVersion(sides.replica, replica), Map.of("class", "gold")));
    }

    @Test
    void rule_34_a_look_finds_tags_that_the_source_has_no_more_also_below_what_is_current() {
        // Given
        var id = sides.source
                .world()
                .put(
                        sides.key,
                        "one".getBytes(UTF_8),
                        Map.of(),
                        Map.of("class", "gold"),
                        new Encryption.None(),
                        "STANDARD");
        var replica = sides.replicate(sides.created(id, 1));
        sides.replicate(sides.created(sides.put("two"), 2));
        sides.source.putTags(new ObjectVersion(sides.key, id), Map.of());

        // When
        var plan = plan(asked(id, "r", Purpose.RESYNC));

        // Then
        assertThat(changes(plan))
                .containsExactly(new MetadataChange.Tags(new ObjectVersion(sides.replica, replica), Map.of()));
    }

    @Test
    void rule_34_a_look_finds_another_acl_where_both_buckets_have_any() {
        // Given
        sides.source.world().ownership(sides.originals, "ObjectWriter");
        sides.destination.world().ownership(sides.replicas, "ObjectWriter");
        var id = sides.put("one");
        var replica = sides.replicate(sides.created(id, 1));
        sides.source.world().acl(new ObjectVersion(sides.key, id), AclWrite.canned("public-read"));

        // When
        var plan = plan(asked(id, "r", Purpose.RESYNC));

        // Then
        assertThat(changes(plan))
                .containsExactly(new MetadataChange.Acl(
                        new ObjectVersion(sides.replica, replica), AclWrite.canned("public-read")));
    }

    @Test
    void rule_36_a_look_finds_a_lock_that_the_replica_lacks_and_takes_none_from_it() {
        // Given
        sides.source.world().objectLock(sides.originals);
        sides.destination.world().objectLock(sides.replicas);
        var held = sides.put("one");
        var replica = new ObjectVersion(sides.replica, sides.replicate(sides.created(held, 1)));
        sides.source.putLegalHold(new ObjectVersion(sides.key, held));
        var free = sides.put("two");
        var heldThere = sides.replicate(sides.created(free, 2));
        sides.destination.putLegalHold(new ObjectVersion(sides.replica, heldThere));

        // When / Then
        assertThat(changes(plan(asked(held, "r", Purpose.SWEEP))))
                .containsExactly(new MetadataChange.LegalHold(replica));
        assertThat(plan(asked(free, "r", Purpose.SWEEP))).isEqualTo(new Skip(SkipReason.ALREADY_REPLICATED));
    }

    @Test
    void rule_36_a_look_finds_that_the_destination_cannot_lock() {
        // Given
        sides.source.world().objectLock(sides.originals);
        var id = sides.put("one");
        sides.replicate(sides.created(id, 1));
        sides.source.putLegalHold(new ObjectVersion(sides.key, id));

        // When / Then
        assertThat(name(plan(asked(id, "r", Purpose.RESYNC)))).isEqualTo("DstBucketObjectLockConfigMissing");
    }

    @Test
    void a_look_at_a_plain_replica_that_is_there_reads_neither_tags_nor_acls() {
        // Given
        var id = sides.put("one");
        sides.replicate(sides.created(id, 1));

        // When
        var plan = plan(asked(id, "r", Purpose.RESYNC));

        // Then
        assertThat(plan).isEqualTo(new Skip(SkipReason.ALREADY_REPLICATED));
        assertThat(sides.asked)
                .containsOnlyOnce(new Question.SourceMetadata(id))
                .doesNotContain(new Question.SourceTags(id), new Question.SourceAcl(id));
    }

    @Test
    void an_event_that_no_job_made_looks_at_nothing_more() {
        // Given
        var id = sides.put("one");
        sides.replicate(sides.created(id, 1));

        // When
        sides.decide(sides.created(id, 1));

        // Then
        assertThat(sides.asked).doesNotContain(new Question.SourceMetadata(id));
    }

    @Test
    void a_look_at_what_the_rule_selects_no_more_still_finds_other_tags_of_its_replica() {
        // Given
        var id = sides.put("one");
        var replica = new ObjectVersion(sides.replica, sides.replicate(sides.created(id, 1)));
        sides.replicate(sides.created(sides.put("two"), 2));
        sides.source.putTags(new ObjectVersion(sides.key, id), Map.of("class", "silver"));
        sides.rule = TwoSides.rule(new RuleFilter.Tagged("class", "gold"), REPLICAS);

        // When
        var plan = plan(asked(id, "r", Purpose.RESYNC));

        // Then
        assertThat(changes(plan)).containsExactly(new MetadataChange.Tags(replica, Map.of("class", "silver")));
    }

    @Test
    void rule_35_a_sweep_leaves_tags_alone_that_may_be_on_their_way_back() {
        // Given
        sides.rule = new ReplicationRule(
                "r", SchemaVersion.V2, 1, true, new RuleFilter.Everything(), REPLICAS, true, false, true);
        sides.wayBack = WayBack.WRITES_AND_MODIFICATIONS;
        var id = sides.put("one");
        var replica = sides.replicate(sides.created(id, 1));
        sides.destination.putTags(new ObjectVersion(sides.replica, replica), Map.of("by", "somebody"));

        // When
        var sweep = plan(asked(id, "r", Purpose.SWEEP));
        var resync = plan(asked(id, "r", Purpose.RESYNC));

        // Then
        assertThat(sweep).isEqualTo(new Skip(SkipReason.ALREADY_REPLICATED));
        assertThat(changes(resync))
                .containsExactly(new MetadataChange.Tags(new ObjectVersion(sides.replica, replica), Map.of()));
    }

    private static List<MetadataChange> changes(Plan plan) {
        assertThat(plan).isInstanceOf(Plan.SyncMetadata.class);
        return ((Plan.SyncMetadata) plan).changes();
    }

    private static String name(Plan plan) {
        return switch (plan) {
            case Plan.Refuse refused -> refused.reason().name();
            case Skip(var reason) -> reason.name();
            default -> plan.getClass().getSimpleName();
        };
    }
}
