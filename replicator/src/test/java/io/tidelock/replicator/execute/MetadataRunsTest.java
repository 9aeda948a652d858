package io.tidelock.replicator.execute;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.domain.BucketEvent.Aspect;
import io.tidelock.domain.Checksum;
import io.tidelock.domain.ContentHeaders;
import io.tidelock.domain.Encryption;
import io.tidelock.domain.ObjectLock;
import io.tidelock.domain.ObjectVersion;
import io.tidelock.domain.VersionId;
import io.tidelock.replicator.mark.MarkKeys;
import io.tidelock.replicator.outcome.FailureReason;
import io.tidelock.replicator.outcome.Outcome;
import io.tidelock.replicator.plan.TwoSides;
import io.tidelock.replicator.store.AclWrite;
import io.tidelock.replicator.store.Grant;
import io.tidelock.replicator.store.Grant.Grantee;
import io.tidelock.replicator.store.Grant.Permission;
import io.tidelock.replicator.store.Precondition;
import io.tidelock.replicator.store.ReplicaWrite;
import io.tidelock.replicator.store.StoreCall;
import io.tidelock.replicator.store.StoreFailure;
import io.tidelock.replicator.store.StoreHook.Moment;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What goes along with a version's bytes, and what changes about it later, from one store to the other. */
class MetadataRunsTest {
    private static final Grant AUDITOR_READS = new Grant(new Grantee.Account("auditor"), Permission.READ);

    private final Copying copying = new Copying();
    private final TwoSides sides = copying.sides;

    private VersionId putAtSource(ContentHeaders content, Checksum checksum) {
        var bytes = "one".getBytes(UTF_8);
        var write = new ReplicaWrite(
                sides.key,
                bytes.length,
                content,
                Map.of("n", "v"),
                Map.of(),
                null,
                new Encryption.None(),
                AclWrite.DEFAULT,
                checksum,
                ObjectLock.NONE,
                new Precondition.Anything());
        return sides.source.put(write, new ByteArrayInputStream(bytes)).id();
    }

    private ObjectVersion source(VersionId id) {
        return new ObjectVersion(sides.key, id);
    }

    private void withAcls() {
        sides.source.world().ownership(sides.originals, "ObjectWriter");
        sides.destination.world().ownership(sides.replicas, "ObjectWriter");
    }

    @Test
    void rule_49_a_mark_that_is_not_ours_is_told_of() {
        // Given
        var id = sides.source.world().put(sides.key, new byte[3], Map.of(MarkKeys.METADATA_NAME, "made up"), Map.of());

        // When
        var outcome = copying.run(sides.created(id, 1));
        copying.run(copying.created("without any", 2));

        // Then
        assertThat(copying.foreignMarks).containsExactly(outcome.operation());
    }

    @Test
    void rule_23_every_content_header_and_the_checksum_come_along() {
        // Given
        var headers = new ContentHeaders(
                "text/html", "gzip", "attachment", "fr", "max-age=60", "Wed, 21 Oct 2026 07:28:00 GMT", "/elsewhere");
        var checksum = new Checksum("SHA256", "dpLDrTVAu4A8Ags67mbNiIcSMjTqDG5xQ8Ct1z/0Me0=", false);
        var id = putAtSource(headers, checksum);

        // When
        copying.run(sides.created(id, 1));

        // Then
        assertThat(copying.currentReplica().content()).isEqualTo(headers);
        assertThat(copying.currentReplica().checksum()).isEqualTo(checksum);
    }

    @Test
    void rule_30_the_acl_is_written_with_the_copy_and_followed_later() {
        // Given
        withAcls();
        var id = sides.put("one");
        sides.source.world().acl(source(id), AclWrite.of(Set.of(AUDITOR_READS)));
        copying.run(sides.created(id, 1));
        var first = sides.destination.acl(copying.currentReplica().version());
        sides.source.world().acl(source(id), AclWrite.canned("public-read"));

        // When
        var outcome = copying.run(sides.changed(id, Aspect.ACL, "ObjectAcl:Put"));

        // Then
        assertThat(first.grants()).containsExactly(AUDITOR_READS);
        assertThat(outcome).isInstanceOf(Outcome.MetadataSynced.class);
        assertThat(sides.destination.acl(copying.currentReplica().version()).grants())
                .containsExactlyInAnyOrder(
                        new Grant(Grantee.Group.ALL_USERS, Permission.READ),
                        new Grant(new Grantee.Account("destination-owner"), Permission.FULL_CONTROL));
        assertThat(sides.destination.count(StoreCall.PutObjectAcl)).isEqualTo(1);
    }

    @Test
    void rule_33_an_acl_that_may_not_be_read_fails_with_its_code() {
        // Given
        withAcls();
        sides.source.hook(Copying.failing(Moment.BEFORE, StoreCall.GetObjectAcl, StoreFailure.DENIED, 1));

        // When
        var outcome = (Outcome.Failed) copying.run(copying.created("one", 1));

        // Then
        assertThat(outcome.reason()).isEqualTo(FailureReason.SrcGetAclNotPermitted);
    }

    @Test
    void rule_36_retention_and_hold_are_followed_and_never_weakened() {
        // Given
        sides.source.world().objectLock(sides.originals);
        sides.destination.world().objectLock(sides.replicas);
        var until = TwoSides.START.plus(Duration.ofDays(10));
        var id = sides.put("one");
        copying.run(sides.created(id, 1));
        sides.source.world().lock(source(id), new ObjectLock("COMPLIANCE", until, true));

        // When
        var followed = copying.run(sides.changed(id, Aspect.RETENTION, "ObjectRetention:Put"));
        sides.source.world().lock(source(id), ObjectLock.NONE);
        var released = copying.run(sides.changed(id, Aspect.LEGAL_HOLD, "ObjectLegalHold:Put"));

        // Then
        assertThat(followed).isInstanceOf(Outcome.MetadataSynced.class);
        assertThat(released).isInstanceOf(Outcome.Skipped.class);
        assertThat(copying.currentReplica().lock()).isEqualTo(new ObjectLock("COMPLIANCE", until, true));
    }

    @Test
    void rule_36_a_right_to_lock_that_is_missing_fails_with_its_code() {
        sides.source.world().objectLock(sides.originals);
        sides.destination.world().objectLock(sides.replicas);
        var lock = new ObjectLock("GOVERNANCE", TwoSides.START.plus(Duration.ofDays(10)), true);
        var reasons = Map.of(
                StoreCall.PutObjectRetention, FailureReason.DST_PUT_RETENTION_NOT_PERMITTED,
                StoreCall.PutObjectLegalHold, FailureReason.DstPutLegalHoldNotPermitted);
        reasons.forEach((call, reason) -> {
            // Given
            var id = sides.put("one");
            copying.run(sides.created(id, 1));
            sides.source.world().lock(source(id), lock);
            sides.destination.hook(Copying.failing(Moment.BEFORE, call, StoreFailure.DENIED, 1));

            // When
            var outcome = (Outcome.Failed) copying.run(sides.changed(id, Aspect.RETENTION, "ObjectRetention:Put"));

            // Then
            assertThat(outcome.reason()).isEqualTo(reason);
        });
    }
}
