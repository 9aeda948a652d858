package io.tidelock.sandbox.http;

import static io.tidelock.sandbox.http.ServedWorld.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.sandbox.model.BucketState;
import io.tidelock.sandbox.model.Ownership;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Grant;
import software.amazon.awssdk.services.s3.model.ObjectCannedACL;
import software.amazon.awssdk.services.s3.model.ObjectOwnership;
import software.amazon.awssdk.services.s3.model.OwnershipControlsRule;
import software.amazon.awssdk.services.s3.model.Permission;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

class OwnershipTest {
    @TempDir
    private static Path bodies;

    private static ServedWorld world;
    private static S3Client s3;

    @BeforeAll
    static void start() {
        world = new ServedWorld(bodies);
        s3 = world.alice;
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    private static S3Client bob;

    @BeforeAll
    static void startBob() {
        bob = world.client(world.paris, ServedWorld.BOB);
    }

    /** A bucket of Alice's into which Bob may do everything. */
    private static BucketState shared(Ownership ownership) {
        var bucket = world.bucket();
        bucket.settings().setOwnership(Optional.of(ownership));
        bucket.settings()
                .setPolicy(Optional.of("""
                        {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"AWS": "%s"}, "Action": "s3:*",
                         "Resource": ["arn:aws:s3:::%s", "arn:aws:s3:::%s/*"]}]}""".formatted(ServedWorld.BOB.rootArn(), bucket.name(), bucket.name())));
        return bucket;
    }

    private static void putAsBob(BucketState bucket, Consumer<PutObjectRequest.Builder> more) {
        bob.putObject(
                request -> {
                    request.bucket(bucket.name()).key("key");
                    more.accept(request);
                },
                RequestBody.fromString("bytes"));
    }

    private static String owner(S3Client client, BucketState bucket) {
        return client.getObjectAcl(request -> request.bucket(bucket.name()).key("key"))
                .owner()
                .id();
    }

    @Test
    void a_stranger_is_denied_until_a_policy_names_them() {
        // Given
        var bucket = world.bucket();
        world.put(bucket, "key", "bytes");
        // Then
        refusal("AccessDenied", () -> putAsBob(bucket, _ -> {}));
        refusal(
                "AccessDenied",
                () -> bob.getObjectAsBytes(
                        request -> request.bucket(bucket.name()).key("key")));
        refusal(
                "AccessDenied",
                () -> bob.getObjectAsBytes(
                        request -> request.bucket(bucket.name()).key("none")));
        putAsBob(shared(Ownership.BUCKET_OWNER_ENFORCED), _ -> {});
    }

    @Test
    void the_bucket_owner_owns_all_when_that_is_enforced() {
        // Given
        var bucket = shared(Ownership.BUCKET_OWNER_ENFORCED);
        // When
        putAsBob(bucket, request -> request.acl(ObjectCannedACL.BUCKET_OWNER_FULL_CONTROL));
        // Then
        assertThat(owner(s3, bucket)).isEqualTo(ServedWorld.ALICE.canonicalId());
        refusal(
                "AccessControlListNotSupported",
                () -> putAsBob(bucket, request -> request.acl(ObjectCannedACL.PRIVATE)));
    }

    @Test
    void the_writer_owns_what_it_writes_where_acls_are_on() {
        // Given
        var bucket = shared(Ownership.OBJECT_WRITER);
        // When
        putAsBob(bucket, _ -> {});
        // Then
        assertThat(owner(bob, bucket)).isEqualTo(ServedWorld.BOB.canonicalId());
        assertThat(s3.listObjectVersions(request -> request.bucket(bucket.name()))
                        .versions()
                        .getFirst()
                        .owner()
                        .id())
                .isEqualTo(ServedWorld.BOB.canonicalId());
        refusal("AccessDenied", () -> world.get(bucket, "key"));
    }

    @Test
    void the_writer_may_give_the_bucket_owner_full_control() {
        // Given
        var bucket = shared(Ownership.OBJECT_WRITER);
        // When
        putAsBob(bucket, request -> request.acl(ObjectCannedACL.BUCKET_OWNER_FULL_CONTROL));
        // Then
        assertThat(owner(s3, bucket)).isEqualTo(ServedWorld.BOB.canonicalId());
        assertThat(world.get(bucket, "key")).isEqualTo("bytes");
        assertThat(s3.getObjectAcl(request -> request.bucket(bucket.name()).key("key"))
                        .grants())
                .extracting(Grant::permission)
                .containsExactly(Permission.FULL_CONTROL, Permission.FULL_CONTROL);
    }

    @Test
    void the_bucket_owner_is_preferred_when_the_writer_says_so() {
        // Given
        var bucket = shared(Ownership.BUCKET_OWNER_PREFERRED);
        // When
        putAsBob(bucket, _ -> {});
        var withoutAcl = owner(bob, bucket);
        putAsBob(bucket, request -> request.acl(ObjectCannedACL.BUCKET_OWNER_FULL_CONTROL));
        // Then
        assertThat(withoutAcl).isEqualTo(ServedWorld.BOB.canonicalId());
        assertThat(owner(s3, bucket)).isEqualTo(ServedWorld.ALICE.canonicalId());
    }

    @Test
    void ownership_controls_are_read_changed_and_deleted() {
        // Given
        var bucket = world.bucket();
        // When
        s3.putBucketOwnershipControls(request -> request.bucket(bucket.name())
                .ownershipControls(controls -> controls.rules(OwnershipControlsRule.builder()
                        .objectOwnership(ObjectOwnership.OBJECT_WRITER)
                        .build())));
        // Then
        assertThat(s3.getBucketOwnershipControls(request -> request.bucket(bucket.name()))
                        .ownershipControls()
                        .rules()
                        .getFirst()
                        .objectOwnership())
                .isEqualTo(ObjectOwnership.OBJECT_WRITER);
        s3.deleteBucketOwnershipControls(request -> request.bucket(bucket.name()));
        refusal(
                "OwnershipControlsNotFoundError",
                () -> s3.getBucketOwnershipControls(request -> request.bucket(bucket.name())));
    }

    @Test
    void an_acl_is_set_by_its_name_and_shown_as_grants() {
        // Given
        var bucket = shared(Ownership.OBJECT_WRITER);
        world.put(bucket, "key", "bytes");
        // When
        s3.putObjectAcl(request -> request.bucket(bucket.name()).key("key").acl(ObjectCannedACL.PUBLIC_READ));
        // Then
        var grants = s3.getObjectAcl(request -> request.bucket(bucket.name()).key("key"))
                .grants();
        assertThat(grants).extracting(Grant::permission).containsExactly(Permission.FULL_CONTROL, Permission.READ);
        assertThat(grants.getLast().grantee().uri()).isEqualTo("http://acs.amazonaws.com/groups/global/AllUsers");
        assertThat(world.changesOf(bucket).getLast().name().text()).isEqualTo("ObjectAcl:Put");
    }

    @Test
    void a_bucket_shows_its_owner() {
        // Given
        var bucket = world.bucket();
        // When
        var acl = s3.getBucketAcl(request -> request.bucket(bucket.name()));
        // Then
        assertThat(acl.owner().id()).isEqualTo(ServedWorld.ALICE.canonicalId());
        assertThat(acl.grants()).extracting(Grant::permission).containsExactly(Permission.FULL_CONTROL);
    }
}
