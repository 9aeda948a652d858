package io.tidelock.replicator.plan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.tidelock.domain.BucketEvent.ObjectCreated;
import io.tidelock.domain.Cause;
import io.tidelock.domain.ObjectVersion;
import io.tidelock.domain.VersionId;
import io.tidelock.replicator.mark.MarkCheck.Valid;
import io.tidelock.replicator.mark.OriginMark.Kind;
import io.tidelock.replicator.outcome.FailureReason;
import io.tidelock.replicator.outcome.SkipReason;
import io.tidelock.replicator.plan.Plan.PutBack;
import io.tidelock.replicator.plan.Plan.Refuse;
import io.tidelock.replicator.plan.Plan.Replicate;
import io.tidelock.replicator.plan.Plan.Skip;
import io.tidelock.replicator.rule.BucketRules.History;
import io.tidelock.replicator.rule.WayBack;
import io.tidelock.replicator.store.BucketFacts.Versioning;
import io.tidelock.replicator.store.HeadAnswer;
import io.tidelock.replicator.store.Precondition;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VersionPlansTest {
    private final TwoSides sides = new TwoSides();

    private Kind kindOf(Plan plan) {
        var write = ((Replicate) plan).write();
        return ((Valid) TwoSides.KEYS.check(write.userMetadata(), sides.replica))
                .mark()
                .kind();
    }

    @Test
    void a_first_version_needs_one_look_at_each_side() {
        // Given
        var id = sides.put("one");

        // When
        var plan = sides.decide(sides.created(id, 1)).plan();

        // Then
        assertThat(kindOf(plan)).isEqualTo(Kind.IN_ORDER);
        assertThat(TwoSides.preconditionOf(plan)).isEqualTo(new Precondition.Nothing());
        assertThat(sides.asked)
                .containsExactly(
                        new Question.DestinationBucket(), new Question.DestinationHead(), new Question.SourceHead(id));
    }

    @Test
    void rule_41_a_newer_version_goes_on_top_without_a_listing() {
        // Given
        sides.replicate(sides.created(sides.put("one"), 1));
        var second = sides.put("two");

        // When
        var plan = sides.decide(sides.created(second, 2)).plan();

        // Then
        var seen = ((HeadAnswer.Present) sides.destination.head(sides.replica))
                .head()
                .eTag();
        assertThat(TwoSides.preconditionOf(plan)).isEqualTo(new Precondition.StillETag(seen));
        assertThat(sides.asked).doesNotContain(new Question.SourceStack(), new Question.DestinationStack());
    }

    @Test
    void rule_42_a_duplicate_is_recognised_by_one_head() {
        // Given
        var event = sides.created(sides.put("one"), 1);
        sides.replicate(event);

        // When
        var plan = sides.decide(event).plan();

        // Then
        assertThat(plan).isEqualTo(new Skip(SkipReason.ALREADY_REPLICATED));
        assertThat(sides.asked).containsExactly(new Question.DestinationBucket(), new Question.DestinationHead());
    }

    @Test
    void rule_42_a_duplicate_is_recognised_deeper_in_the_stack() {
        // Given
        var first = sides.created(sides.put("one"), 1);
        sides.replicate(first);
        sides.replicate(sides.created(sides.put("two"), 2));
        sides.strangerPuts("foreign");

        // When / Then
        assertThat(sides.decide(first).plan()).isEqualTo(new Skip(SkipReason.ALREADY_REPLICATED));
    }

    @Test
    void rule_42_a_late_version_is_written_and_the_newest_put_back() {
        // Given
        var first = sides.put("one");
        var second = sides.put("two");
        var top = sides.replicate(sides.created(second, 2));

        // When
        var plan = sides.decide(sides.created(first, 1)).plan();

        // Then
        assertThat(kindOf(plan)).isEqualTo(Kind.LATE);
        assertThat(((Replicate) plan).putBack())
                .get()
                .asInstanceOf(type(PutBack.Version.class))
                .satisfies(back -> {
                    assertThat(back.replica().version().id()).isEqualTo(top);
                    var mark = ((Valid) TwoSides.KEYS.check(back.write().userMetadata(), sides.replica)).mark();
                    assertThat(mark.version()).isEqualTo(second);
                    assertThat(mark.kind()).isEqualTo(Kind.PUT_BACK);
                });
    }

    @Test
    void rule_42_a_late_version_is_superseded_where_only_current_ones_count() {
        // Given
        sides.history = History.CURRENT;
        var first = sides.put("one");
        sides.replicate(sides.created(sides.put("two"), 2));

        // When / Then
        assertThat(sides.decide(sides.created(first, 1)).plan()).isEqualTo(new Skip(SkipReason.SUPERSEDED));
    }

    @Test
    void a_restack_that_was_interrupted_is_finished() {
        // Given
        var first = sides.put("one");
        var newest = sides.replicate(sides.created(sides.put("two"), 2));
        var late = sides.replicate(sides.created(first, 1));

        // When
        var plan = sides.decide(sides.created(first, 1)).plan();

        // Then
        assertThat(plan).asInstanceOf(type(Plan.Restack.class)).satisfies(restack -> {
            assertThat(restack.late()).isEqualTo(late);
            assertThat(((PutBack.Version) restack.putBack()).replica().version().id())
                    .isEqualTo(newest);
        });
    }

    @Test
    void a_restack_that_was_interrupted_is_finished_even_when_the_source_has_removed_the_version() {
        // Given
        var first = sides.put("one");
        sides.replicate(sides.created(sides.put("two"), 2));
        sides.replicate(sides.created(first, 1));
        sides.source.world().remove(new ObjectVersion(sides.key, first));

        // When / Then
        assertThat(sides.decide(sides.created(first, 1)).plan()).isInstanceOf(Plan.Restack.class);
    }

    @Test
    void an_older_late_version_does_not_put_an_interrupted_one_back() {
        // Given
        var zeroth = sides.put("zero");
        var first = sides.put("one");
        var newest = sides.replicate(sides.created(sides.put("two"), 2));
        sides.replicate(sides.created(first, 1));

        // When
        var plan = (Replicate) sides.decide(sides.created(zeroth, 0)).plan();

        // Then
        assertThat(plan.putBack()
                        .map(back ->
                                ((PutBack.Version) back).replica().version().id()))
                .contains(newest);
    }

    @Test
    void a_sequencer_alone_is_not_believed() {
        // Given
        var first = sides.put("one");
        sides.replicate(sides.created(sides.put("two"), 2));

        // When
        var plan = sides.decide(sides.created(first, 99)).plan();

        // Then
        assertThat(kindOf(plan)).isEqualTo(Kind.LATE);
    }

    @Test
    void rule_43_without_a_sequencer_the_stacks_decide() {
        // Given
        sides.replicate(sides.created(sides.put("one"), 1));
        var second = sides.put("two");
        var event = new ObjectCreated(sides.occurrence(second, null, "ObjectCreated:Put", Cause.JOB), 3L, null);

        // When
        var plan = sides.decide(event).plan();

        // Then
        assertThat(kindOf(plan)).isEqualTo(Kind.IN_ORDER);
        assertThat(sides.asked).contains(new Question.SourceStack(), new Question.DestinationStack());
    }

    @Test
    void an_event_without_a_version_id_means_the_version_written_nearest_to_it() {
        // Given
        sides.put("one");
        var second = sides.put("two");
        var event = new ObjectCreated(sides.occurrence(null, null, "ObjectCreated:Put", Cause.REQUEST), 3L, null);
        sides.put("three");

        // When
        var plan = (Replicate) sides.decide(event).plan();

        // Then
        assertThat(plan.source().version().id()).isEqualTo(second);
    }

    @Test
    void rule_48_an_upload_that_was_only_begun_is_no_object_yet() {
        // Given
        var event = new ObjectCreated(sides.occurrence(null, null, "ObjectCreated:Post", Cause.REQUEST), 0L, null);

        // When / Then
        assertThat(sides.decide(event).plan()).isEqualTo(new Skip(SkipReason.NO_OBJECT_YET));
    }

    @Test
    void rule_21_a_version_that_is_gone_at_the_source_ends_so() {
        // Given
        var id = sides.put("one");
        sides.source.world().remove(new ObjectVersion(sides.key, id));

        // When / Then
        assertThat(sides.decide(sides.created(id, 1)).plan()).isEqualTo(new Skip(SkipReason.SRC_VERSION_NOT_FOUND));
    }

    @Test
    void a_version_under_a_marker_that_was_propagated_stays_under_it() {
        // Given
        sides.rule = TwoSides.RULE;
        var id = sides.put("one");
        sides.delete();
        sides.destination.putDeleteMarker(sides.replica);

        // When
        var plan = (Replicate) sides.decide(sides.created(id, 1)).plan();

        // Then
        assertThat(plan.putBack()).contains(new PutBack.Marker(sides.replica));
    }

    @Test
    void a_version_written_after_a_marker_goes_above_it() {
        // Given
        sides.replicate(sides.created(sides.put("one"), 1));
        sides.replicate(sides.marker(sides.delete(), 2));
        var second = sides.put("two");

        // When
        var plan = (Replicate) sides.decide(sides.created(second, 3)).plan();

        // Then
        assertThat(plan.putBack()).isEmpty();
        assertThat(plan.write().precondition()).isEqualTo(new Precondition.Nothing());
    }

    @Test
    void rule_19_writing_to_a_bucket_that_keeps_no_versions_is_refused() {
        for (var versioning : new Versioning[] {Versioning.OFF, Versioning.SUSPENDED}) {
            // Given
            var id = sides.put("one");
            sides.destination.world().versioning(sides.replicas, versioning);

            // When
            var plan = sides.decide(sides.created(id, 1)).plan();

            // Then
            assertThat(((Refuse) plan).reason()).isEqualTo(FailureReason.DstBucketUnversioned);
        }
    }

    @Test
    void rule_19_a_source_that_keeps_no_versions_is_refused() {
        // Given
        sides.source.world().versioning(sides.originals, Versioning.OFF);
        sides.put("one");

        // When
        var plan = sides.decide(sides.created(VersionId.NULL, 1)).plan();

        // Then
        assertThat(((Refuse) plan).reason()).isEqualTo(FailureReason.SrcBucketUnversioned);
    }

    @Test
    void rule_20_each_content_of_the_null_version_is_a_version_of_its_own() {
        // Given
        sides.source.world().versioning(sides.originals, Versioning.SUSPENDED);
        sides.put("one");
        sides.replicate(sides.created(VersionId.NULL, 1));

        // When
        var again = sides.decide(sides.created(VersionId.NULL, 1)).plan();
        sides.put("two");
        var overwritten = sides.decide(sides.created(VersionId.NULL, 2)).plan();

        // Then
        assertThat(again).isEqualTo(new Skip(SkipReason.ALREADY_REPLICATED));
        assertThat(kindOf(overwritten)).isEqualTo(Kind.IN_ORDER);
    }

    @Test
    void rule_20_the_sequencer_of_an_event_is_not_taken_for_that_of_a_later_null_version() {
        // Given
        sides.source.world().versioning(sides.originals, Versioning.SUSPENDED);
        sides.put("first null version");
        sides.source.world().versioning(sides.originals, Versioning.ENABLED);
        var numbered = sides.put("numbered version");
        sides.source.world().versioning(sides.originals, Versioning.SUSPENDED);
        sides.put("second null version");
        sides.replicate(sides.created(VersionId.NULL, 1));
        sides.source.world().remove(new ObjectVersion(sides.key, VersionId.NULL));

        // When
        var plan = sides.decide(sides.created(numbered, 2)).plan();

        // Then
        assertThat(kindOf(plan)).isEqualTo(Kind.LATE);
    }

    @Test
    void of_concurrent_writes_on_both_sides_the_later_one_stays() {
        // Given
        sides.wayBack = WayBack.WRITES;
        var ours = sides.put("ours");
        sides.strangerPuts("theirs, later");
        var newer = sides.put("ours, after theirs");

        // When
        var loser = sides.decide(sides.created(ours, 1)).plan();
        var winner = sides.decide(sides.created(newer, 2)).plan();

        // Then
        assertThat(kindOf(loser)).isEqualTo(Kind.LATE);
        assertThat(kindOf(winner)).isEqualTo(Kind.IN_ORDER);
    }

    @Test
    void a_version_whose_metadata_leaves_no_room_is_recognised_without_a_mark() {
        // Given
        var full = Map.of("long", "x".repeat(2000));
        var id = sides.source.world().put(sides.key, "one".getBytes(UTF_8), full, Map.of());
        var event = sides.created(id, 1);
        var first = (Replicate) sides.decide(event).plan();
        sides.replicate(event);

        // When
        var again = sides.decide(event).plan();

        // Then
        assertThat(first.marked()).isFalse();
        assertThat(first.write().userMetadata()).isEqualTo(full);
        assertThat(again).isEqualTo(new Skip(SkipReason.ALREADY_REPLICATED));
    }
}
