package io.tidelock.replicator.execute;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.domain.BucketEvent.Aspect;
import io.tidelock.domain.ObjectHead;
import io.tidelock.domain.ObjectVersion;
import io.tidelock.domain.VersionId;
import io.tidelock.replicator.outcome.FailureReason;
import io.tidelock.replicator.outcome.Outcome.Failed;
import io.tidelock.replicator.outcome.Outcome.MetadataSynced;
import io.tidelock.replicator.outcome.Outcome.Replicated;
import io.tidelock.replicator.outcome.Outcome.Skipped;
import io.tidelock.replicator.store.AclWrite;
import io.tidelock.replicator.store.Grant;
import io.tidelock.replicator.store.Grant.Grantee;
import io.tidelock.replicator.store.Grant.Permission;
import io.tidelock.replicator.store.HeadAnswer;
import io.tidelock.replicator.store.PlainWrite;
import io.tidelock.replicator.store.s3.SandboxFixture;
import io.tidelock.sandbox.fault.Fault;
import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Versions with more tags or grants than the headers of a request take: they follow the replica, and whoever puts them may die in between. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FollowedVersionsTest {
    private static final Map<String, String> TAGS = IntStream.range(0, 10)
            .boxed()
            .collect(Collectors.toUnmodifiableMap(
                    number -> number + "\u00E9".repeat(127), number -> "\u6F6E".repeat(256)));
    private static final Fault UNHEARD = new Fault.ServerErrorAfterEffect();

    private final AtomicLong seconds = new AtomicLong(Instant.now().getEpochSecond());
    private final InstantSource clock = () -> Instant.ofEpochSecond(seconds.get());
    private final SandboxFixture paris = new SandboxFixture("paris", CountedSides.SOURCE_ACCOUNT, clock);
    private final SandboxFixture frankfurt = new SandboxFixture("frankfurt", CountedSides.DESTINATION_ACCOUNT, clock);
    private Set<Grant> grants = Set.of();

    @BeforeAll
    void strangers() {
        paris.strangers(33);
        grants = frankfurt.strangers(33).stream()
                .flatMap(id -> List.of(Permission.READ, Permission.READ_ACP, Permission.WRITE_ACP).stream()
                        .map(permission -> new Grant(new Grantee.Account(id), permission)))
                .collect(Collectors.toUnmodifiableSet());
    }

    @AfterAll
    void close() {
        paris.close();
        frankfurt.close();
    }

    private CountedSides sides() {
        seconds.addAndGet(5);
        return new CountedSides(paris, frankfurt, clock, false);
    }

    private CountedSides sidesWithAcls() {
        var sides = sides();
        sides.withAcls();
        return sides;
    }

    private VersionId putTagged(CountedSides sides, byte[] bytes) {
        seconds.addAndGet(5);
        var id = sides.put(bytes, Map.of(), null);
        paris.store().putTags(sides.original(id), TAGS);
        return id;
    }

    private VersionId putGranted(CountedSides sides, String text) {
        seconds.addAndGet(5);
        var id = sides.put(text);
        paris.store().putAcl(sides.original(id), AclWrite.of(grants));
        return id;
    }

    private VersionId putFilled(CountedSides sides, Map<String, String> metadata) {
        var write = PlainWrite.of(sides.original(VersionId.NULL).object(), 3).with(metadata);
        return paris.store()
                .put(write, new ByteArrayInputStream("one".getBytes(UTF_8)))
                .id();
    }

    private ObjectHead current(CountedSides sides) {
        return ((HeadAnswer.Present) frankfurt.store().head(sides.replica())).head();
    }

    private ObjectVersion below(CountedSides sides) {
        return new ObjectVersion(
                sides.replica(),
                frankfurt.store().stack(sides.replica()).layers().get(1).id());
    }

    private void assertTagged(ObjectVersion replica) {
        assertThat(frankfurt.store().tags(replica)).isEqualTo(TAGS);
    }

    private void assertGranted(ObjectVersion replica) {
        assertThat(frankfurt.store().acl(replica).grants()).isEqualTo(grants);
    }

    @Test
    void ten_tags_of_long_foreign_texts_are_replicated() {
        // Given
        var sides = sides();
        var event = sides.created(putTagged(sides, "one".getBytes(UTF_8)), 1);
        sides.resetCounts();

        // When
        var outcome = sides.run(event);

        // Then
        assertThat(outcome).isInstanceOf(Replicated.class);
        assertTagged(current(sides).version());
        assertThat(sides.requestsAtDestination()).containsEntry("PutObject", 1L).containsEntry("PutObjectTagging", 1L);
        assertThat(sides.replicas()).isOne();
    }

    @Test
    void they_are_replicated_with_a_version_in_parts_as_well() {
        // Given
        var sides = sides();

        // When
        var outcome = sides.run(sides.created(putTagged(sides, new byte[6 << 20]), 1));

        // Then
        assertThat(outcome).isInstanceOf(Replicated.class);
        assertThat(current(sides).eTag()).endsWith("-2");
        assertTagged(current(sides).version());
    }

    @Test
    void rule_30_ninety_nine_grants_are_replicated() {
        // Given
        var sides = sidesWithAcls();
        var event = sides.created(putGranted(sides, "one"), 1);

        // When
        var outcome = sides.run(event);

        // Then
        assertThat(outcome).isInstanceOf(Replicated.class);
        assertGranted(current(sides).version());
    }

    @Test
    void rule_34_ninety_nine_grants_that_a_version_gets_later_are_replicated() {
        // Given
        var sides = sidesWithAcls();
        var id = sides.put("one");
        sides.run(sides.created(id, 1));
        paris.store().putAcl(sides.original(id), AclWrite.of(grants));

        // When
        var outcome = sides.run(sides.changed(id, Aspect.ACL, "ObjectAcl:Put"));

        // Then
        assertThat(outcome).isInstanceOf(MetadataSynced.class);
        assertGranted(current(sides).version());
    }

    @Test
    void the_same_event_again_finds_nothing_to_do() {
        // Given
        var sides = sides();
        var event = sides.created(putTagged(sides, "one".getBytes(UTF_8)), 1);
        sides.run(event);
        sides.resetCounts();

        // When
        var outcome = sides.run(event);

        // Then
        assertThat(outcome).isInstanceOf(Skipped.class);
        assertThat(sides.requestsAtDestination()).containsOnlyKeys("HeadObject");
    }

    @Test
    void tags_of_a_replica_that_nobody_heard_of_are_put_at_the_next_look() {
        // Given
        var sides = sides();
        var event = sides.created(putTagged(sides, "one".getBytes(UTF_8)), 1);
        sides.strikeReplicas("PutObject", 1, UNHEARD);

        // When
        var outcome = sides.run(event);

        // Then
        assertThat(outcome).isInstanceOf(MetadataSynced.class);
        assertThat(sides.replicas()).isOne();
        assertTagged(current(sides).version());
    }

    @Test
    void rule_30_so_are_grants() {
        // Given
        var sides = sidesWithAcls();
        var event = sides.created(putGranted(sides, "one"), 1);
        sides.strikeReplicas("PutObject", 1, UNHEARD);

        // When
        var outcome = sides.run(event);

        // Then
        assertThat(outcome).isInstanceOf(MetadataSynced.class);
        assertThat(sides.replicas()).isOne();
        assertGranted(current(sides).version());
    }

    @Test
    void nothing_is_put_back_above_what_came_late_before_that_has_its_tags() {
        // Given
        var sides = sides();
        var late = sides.created(putTagged(sides, "late".getBytes(UTF_8)), 1);
        seconds.addAndGet(5);
        sides.run(sides.created(sides.put("newest"), 2));
        sides.strikeReplicas("PutObjectTagging", 1, new Fault.Denied());

        // When
        var outcome = sides.run(late);

        // Then
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Failed.class,
                        failed -> assertThat(failed.reason()).isEqualTo(FailureReason.DstPutTaggingNotPermitted));
        assertThat(sides.replicas()).isEqualTo(2);
    }

    @Test
    void tags_that_the_store_does_not_take_at_once_are_tried_again_like_any_write() {
        // Given
        var sides = sides();
        var late = sides.created(putTagged(sides, "late".getBytes(UTF_8)), 1);
        seconds.addAndGet(5);
        sides.run(sides.created(sides.put("newest"), 2));
        sides.strikeReplicas("PutObjectTagging", 4, new Fault.SlowDown());

        // When
        var outcome = sides.run(late);

        // Then
        assertThat(outcome).isInstanceOf(Replicated.class);
        assertThat(sides.retries).containsOnly(FailureReason.DST_THROTTLED);
        assertThat(sides.replicas()).isEqualTo(3);
        assertThat(current(sides).sizeBytes()).isEqualTo("newest".length());
        assertTagged(below(sides));
    }

    @Test
    void what_is_put_back_on_top_has_its_tags_again() {
        // Given
        var sides = sides();
        var late = sides.created(sides.put("late"), 1);
        sides.run(sides.created(putTagged(sides, "newest".getBytes(UTF_8)), 2));

        // When
        var outcome = sides.run(late);

        // Then
        assertThat(outcome).isInstanceOf(Replicated.class);
        assertThat(sides.replicas()).isEqualTo(3);
        assertTagged(current(sides).version());
    }

    @Test
    void what_was_put_back_unheard_gets_its_tags_at_the_next_look() {
        // Given
        var sides = sides();
        var late = sides.created(sides.put("late"), 1);
        sides.run(sides.created(putTagged(sides, "newest".getBytes(UTF_8)), 2));
        sides.strikeReplicas("CopyObject", 1, UNHEARD);

        // When
        var outcome = sides.run(late);

        // Then
        assertThat(outcome).isInstanceOf(MetadataSynced.class);
        assertThat(sides.replicas()).isEqualTo(3);
        assertTagged(current(sides).version());
    }

    @Test
    void rule_30_what_was_put_back_unheard_gets_its_grants_as_well() {
        // Given
        var sides = sidesWithAcls();
        var late = sides.created(sides.put("late"), 1);
        sides.run(sides.created(putGranted(sides, "newest"), 2));
        sides.strikeReplicas("CopyObject", 1, UNHEARD);

        // When
        var outcome = sides.run(late);

        // Then
        assertThat(outcome).isInstanceOf(MetadataSynced.class);
        assertGranted(current(sides).version());
    }

    @Test
    void what_has_no_room_for_a_mark_gets_its_tags_as_well() {
        // Given
        var sides = sides();
        var filling = Map.of("filling", "x".repeat(2048 - "filling".length()));
        var id = putFilled(sides, filling);
        paris.store().putTags(sides.original(id), TAGS);
        sides.strikeReplicas("PutObject", 1, UNHEARD);

        // When
        var outcome = sides.run(sides.created(id, 1));

        // Then
        assertThat(outcome).isInstanceOf(MetadataSynced.class);
        assertThat(current(sides).userMetadata()).isEqualTo(filling);
        assertThat(sides.replicas()).isOne();
        assertTagged(current(sides).version());
    }
}
