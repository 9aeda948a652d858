package io.tidelock.replicator.store.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidelock.domain.ContentHeaders;
import io.tidelock.domain.Encryption;
import io.tidelock.domain.ObjectKey;
import io.tidelock.domain.ObjectVersion;
import io.tidelock.domain.VersionId;
import io.tidelock.domain.VersionStack;
import io.tidelock.replicator.store.AclWrite;
import io.tidelock.replicator.store.BucketCheck;
import io.tidelock.replicator.store.BucketFacts.Versioning;
import io.tidelock.replicator.store.ByteRange;
import io.tidelock.replicator.store.Grant;
import io.tidelock.replicator.store.Grant.Grantee;
import io.tidelock.replicator.store.Grant.Permission;
import io.tidelock.replicator.store.HeadAnswer;
import io.tidelock.replicator.store.LockContract;
import io.tidelock.replicator.store.ObjectAcl;
import io.tidelock.replicator.store.Precondition;
import io.tidelock.replicator.store.StoreException;
import io.tidelock.replicator.store.StoreFailure;
import io.tidelock.sandbox.fault.Fault;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class SandboxContractTest extends LockContract {
    private final SandboxFixture fixture = new SandboxFixture();

    @Override
    protected SandboxFixture fixture() {
        return fixture;
    }

    @AfterAll
    void closed() {
        fixture.close();
    }

    @Test
    void every_call_of_the_plain_way_is_one_request() {
        // Given
        fixture.counts().reset();

        // When
        var written = put(key("a"), bytes(1, 4_096));
        store().head(key("a"));
        read(key("a"), written.id());
        store().putDeleteMarker(key("a"));

        // Then
        assertThat(fixture.counts().byOperation())
                .isEqualTo(Map.of("PutObject", 1L, "HeadObject", 1L, "GetObject", 1L, "DeleteObject", 1L));
    }

    @Test
    void a_marker_hides_only_what_was_seen_where_the_store_honours_conditions_on_deletes() {
        try (var aws = new S3ObjectStore(fixture.settings(Vendor.AWS, SandboxFixture.ownerKeys()))) {
            // Given
            var seen = new Precondition.StillETag(put(key("a"), bytes(1, 3)).eTag());
            var newer = put(key("a"), bytes(2, 3));

            // When
            assertThatThrownBy(() -> aws.putDeleteMarker(key("a"), seen))
                    .isInstanceOfSatisfying(
                            StoreException.class,
                            refused -> assertThat(refused.failure()).isEqualTo(StoreFailure.PRECONDITION));

            // Then
            assertThat(store().head(key("a"))).isInstanceOf(HeadAnswer.Present.class);
            var marker = aws.putDeleteMarker(key("a"), new Precondition.StillETag(newer.eTag()));
            assertThat(store().head(key("a"))).isEqualTo(new HeadAnswer.DeleteMarker(marker));
            assertThatThrownBy(() -> aws.putDeleteMarker(key("a"), seen))
                    .isInstanceOfSatisfying(
                            StoreException.class,
                            refused -> assertThat(refused.failure()).isEqualTo(StoreFailure.PRECONDITION));
        }
    }

    @Test
    void versions_and_markers_keep_their_order_over_pages_however_close_in_time() {
        // Given
        var expected = new ArrayList<VersionId>();
        for (int i = 0; i < 1_050; i++) {
            expected.addFirst(
                    i % 3 == 2
                            ? store().putDeleteMarker(key("a"))
                            : put(key("a"), bytes(i, 3)).id());
        }
        put(key("a/b"), bytes(1, 1));

        // When
        var stack = store().stack(key("a"));

        // Then
        assertThat(stack.layers()).extracting(VersionStack.Layer::id).containsExactlyElementsOf(expected);
    }

    @Test
    void a_role_of_another_account_is_assumed_with_its_external_id() {
        // Given
        put(key("a"), bytes(1, 10));

        // When / Then
        try (var session = new S3ObjectStore(fixture.settings(fixture.role(SandboxFixture.EXTERNAL_ID)))) {
            var written = session.put(plain(key("b"), 10), new ByteArrayInputStream(bytes(2, 10)));
            assertThat(session.owner(new ObjectVersion(key("b"), written.id()))).isEqualTo(fixture.ownerId());
        }
        try (var stranger = new S3ObjectStore(fixture.settings(fixture.role("wrong")))) {
            assertFails(StoreFailure.CREDENTIALS, () -> stranger.head(key("a")));
            assertThat(new BucketCheck(stranger).source(bucket))
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.remedy()).contains("external id"));
        }
    }

    @Test
    void keys_that_may_not_or_do_not_exist_are_told_apart() {
        // Given
        put(key("a"), bytes(1, 10));
        var guest = new S3Credentials.Static(SandboxFixture.GUEST_KEY.id(), SandboxFixture.GUEST_KEY.secret());
        var nobody = new S3Credentials.Static("AKIANOBODY", "no secret");

        // When / Then
        try (var denied = new S3ObjectStore(fixture.settings(guest));
                var unknown = new S3ObjectStore(fixture.settings(nobody))) {
            assertFails(StoreFailure.DENIED, () -> denied.stack(key("a")));
            assertFails(StoreFailure.DENIED, () -> denied.head(key("a")));
            assertFails(StoreFailure.CREDENTIALS, () -> unknown.stack(key("a")));
        }
    }

    @Test
    void bodies_can_go_unsigned_over_plain_http() {
        // When / Then
        try (var unsigned = new S3ObjectStore(narrow(false))) {
            var written = unsigned.put(plain(key("a"), 100_000), new ByteArrayInputStream(bytes(1, 100_000)));
            assertThat(read(key("a"), written.id())).isEqualTo(bytes(1, 100_000));
        }
    }

    /** Four connections and no more. */
    private S3Settings narrow(boolean payloadSigned) {
        var wide = fixture.settings(SandboxFixture.ownerKeys());
        return new S3Settings(
                wide.name(),
                wide.vendor(),
                wide.region(),
                wide.endpoint(),
                wide.account(),
                true,
                payloadSigned,
                wide.credentials(),
                wide.customerKeys(),
                4,
                wide.connectTimeout(),
                wide.answerTimeout(),
                wide.writeTimeout(),
                wide.budget());
    }

    @Test
    void a_store_that_takes_no_chunks_is_written_without_them() {
        // Given
        var settings = S3Settings.of(
                "sandbox", Vendor.CEPH, SandboxFixture.REGION, fixture.endpoint(), SandboxFixture.ownerKeys());

        // When / Then
        try (var ceph = new S3ObjectStore(settings)) {
            var written = ceph.put(plain(key("a"), 100_000), new ByteArrayInputStream(bytes(1, 100_000)));
            assertThat(ceph.head(key("a"))).isInstanceOf(HeadAnswer.Present.class);
            assertThat(read(key("a"), written.id())).isEqualTo(bytes(1, 100_000));
        }
    }

    @Test
    void a_store_whose_copies_are_not_whole_is_asked_for_none() {
        // Given
        var source = new ObjectVersion(key("a"), put(key("a"), bytes(1, 10)).id());
        var ceph = fixture.withoutChecksums();
        var upload = ceph.startUpload(plain(key("b"), 10));
        fixture.counts().reset();

        // When / Then
        assertFails(StoreFailure.UNSUPPORTED, () -> ceph.copy(source, plain(key("b"), 10)));
        assertFails(StoreFailure.UNSUPPORTED, () -> ceph.copyPart(upload, 1, source, new ByteRange(0, 10)));
        assertThat(fixture.counts().byOperation()).isEmpty();
    }

    @Test
    void what_just_has_room_goes_with_the_request_and_what_has_not_follows_it() {
        // Given
        var longest = "\u00E9".repeat(500);
        var fits = decorated(key("a"), 1, ContentHeaders.NONE, Map.of("m", "x".repeat(2_000)), tags(50));
        var follows = decorated(key("a"), 1, ContentHeaders.NONE, Map.of("m", "x".repeat(2_000)), tags(51));
        var copied = decorated(key(longest), 1, ContentHeaders.NONE, Map.of("m", "x".repeat(2_000)), tags(0));
        assertThat(fits.isFollowed()).isFalse();
        assertThat(follows.isFollowed()).isTrue();
        fixture.counts().reset();

        // When
        var first = put(fits, bytes(1, 1));
        var second = put(follows, bytes(1, 1));
        var source = put(key(longest), bytes(1, 1));
        var third = copy(new ObjectVersion(key(longest), source.id()), copied);

        // Then
        assertThat(fixture.counts().byOperation()).containsEntry("PutObjectTagging", 2L);
        assertThat(store().tags(new ObjectVersion(key("a"), first.id()))).isEqualTo(tags(50));
        assertThat(store().tags(new ObjectVersion(key("a"), second.id()))).isEqualTo(tags(51));
        assertThat(store().tags(new ObjectVersion(key(longest), third.id()))).isEqualTo(tags(0));
    }

    private static Map<String, String> tags(int lettersOfKeys) {
        return IntStream.range(0, 10)
                .boxed()
                .collect(Collectors.toUnmodifiableMap(
                        number -> number + "k".repeat(lettersOfKeys), _ -> "v".repeat(256)));
    }

    @Test
    void rule_34_a_hundred_grants_are_put_as_a_document_that_names_the_owner() {
        // Given
        fixture.setOwnership(bucket, "ObjectWriter");
        var version = new ObjectVersion(key("a"), put(key("a"), bytes(1, 1)).id());
        var grants = Stream.concat(
                        Stream.of(new Grant(Grantee.Group.ALL_USERS, Permission.READ)),
                        fixture.strangers(99).stream()
                                .map(id -> new Grant(new Grantee.Account(id), Permission.READ_ACP)))
                .collect(Collectors.toUnmodifiableSet());
        fixture.counts().reset();

        // When
        store().putAcl(version, AclWrite.of(grants));

        // Then
        assertThat(fixture.counts().byOperation()).isEqualTo(Map.of("GetObjectAcl", 1L, "PutObjectAcl", 1L));
        assertThat(store().acl(version)).isEqualTo(new ObjectAcl(fixture.ownerId(), grants));
    }

    @Test
    void a_plea_to_slow_down_is_understood_even_where_the_answer_has_no_body() {
        // Given
        fixture.faults().at(bucket.name()).times(2).cause(new Fault.SlowDown());

        // When / Then
        assertFails(StoreFailure.THROTTLED, () -> store().head(key("a")));
        assertFails(StoreFailure.THROTTLED, () -> store().stack(key("a")));
        assertThat(store().head(key("a"))).isEqualTo(new HeadAnswer.Missing());
    }

    @Test
    void rule_38_an_error_within_a_success_is_one_of_the_store_and_passes() {
        // Given
        var written = put(key("a"), bytes(1, PART_BYTES));
        var upload = store().startUpload(plain(key("b"), PART_BYTES));
        var part = store().uploadPart(upload, 1, new ByteArrayInputStream(bytes(1, PART_BYTES)), PART_BYTES);
        for (var operation : List.of("CopyObject", "CompleteMultipartUpload")) {
            fixture.faults().at(bucket.name(), operation).times(1).cause(new Fault.ErrorInSuccess());
        }

        // When / Then
        var version = new ObjectVersion(key("a"), written.id());
        assertFails(StoreFailure.UNAVAILABLE, () -> store().copy(version, plain(key("c"), PART_BYTES)));
        assertFails(StoreFailure.UNAVAILABLE, () -> store().completeUpload(upload, List.of(part)));
        assertThat(store().completeUpload(upload, List.of(part)).id()).isNotNull();
    }

    @Test
    void a_listing_that_breaks_off_is_an_answer_that_did_not_come() {
        // Given
        put(key("a"), bytes(1, 3));
        fixture.faults().at(bucket.name()).times(1).cause(new Fault.TruncatedAnswer(100));

        // When / Then
        assertFails(StoreFailure.UNAVAILABLE, () -> store().stack(key("a")));
        assertThat(store().stack(key("a")).layers()).hasSize(1);
    }

    @Test
    void a_body_given_up_early_gives_its_connection_up() {
        // Given
        var written = put(key("a"), bytes(1, 3 * 1024 * 1024));

        // When / Then
        try (var narrow = new S3ObjectStore(narrow(true))) {
            for (int i = 0; i < 8; i++) {
                narrow.open(new ObjectVersion(key("a"), written.id()), null, null)
                        .close();
            }
            assertThat(narrow.stack(key("a")).layers()).hasSize(1);
        }
    }

    @Test
    void a_check_finds_a_bad_key_and_missing_versioning_and_leaves_nothing() {
        // Given
        var check = new BucketCheck(store());
        var good = new Encryption.SseKms(fixture.kmsKeys().enabled(), false, false);
        var bad = new Encryption.SseKms(fixture.kmsKeys().unknown(), false, false);
        var unversioned = fixture.newBucket(Versioning.OFF);

        // When / Then
        assertThat(check.destination(bucket, good, null, null)).isEmpty();
        assertThat(check.destination(bucket, bad, null, null))
                .singleElement()
                .satisfies(problem -> assertThat(problem.remedy()).contains("ReplicaKmsKeyID"));
        assertThat(check.source(unversioned))
                .singleElement()
                .satisfies(problem -> assertThat(problem.what()).contains("versioning is OFF"));
        assertThat(store().stack(new ObjectKey(bucket, ".tidelock-check")).layers())
                .isEmpty();
    }
}
