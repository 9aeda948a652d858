package io.tidelock.sandbox.http;

import static io.tidelock.sandbox.http.ServedWorld.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.sandbox.model.BucketState;
import io.tidelock.sandbox.model.EventName;
import io.tidelock.sandbox.model.Ownership;
import io.tidelock.sandbox.model.Versioning;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Grant;
import software.amazon.awssdk.services.s3.model.ObjectCannedACL;
import software.amazon.awssdk.services.s3.model.Permission;
import software.amazon.awssdk.services.s3.model.Type;

class ObjectAclTest {
    private static final String ALL_USERS = "http://acs.amazonaws.com/groups/global/AllUsers";
    private static final String ALICE = ServedWorld.ALICE.canonicalId();
    private static final String BOB = ServedWorld.BOB.canonicalId();

    @TempDir
    private static Path bodies;

    private static ServedWorld world;
    private static S3Client s3;
    private static S3Client bob;

    @BeforeAll
    static void start() {
        world = new ServedWorld(bodies);
        s3 = world.alice;
        bob = world.client(world.paris, ServedWorld.BOB);
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    private static BucketState bucket(Ownership ownership) {
        var bucket = world.bucket(Versioning.ENABLED);
        bucket.settings().setOwnership(Optional.of(ownership));
        return bucket;
    }

    private static Grant grant(String canonicalId, Permission permission) {
        return Grant.builder()
                .grantee(grantee -> grantee.type(Type.CANONICAL_USER).id(canonicalId))
                .permission(permission)
                .build();
    }

    private static void putAcl(BucketState bucket, String ownerId, List<Grant> grants) {
        s3.putObjectAcl(request -> request.bucket(bucket.name())
                .key("key")
                .accessControlPolicy(
                        policy -> policy.owner(owner -> owner.id(ownerId)).grants(grants)));
    }

    private static List<Grant> grants(BucketState bucket) {
        return s3.getObjectAcl(request -> request.bucket(bucket.name()).key("key"))
                .grants();
    }

    @Test
    void grants_in_headers_are_the_whole_list_and_let_their_grantees_in() {
        // Given
        var bucket = bucket(Ownership.OBJECT_WRITER);
        // When
        s3.putObject(
                request -> request.bucket(bucket.name())
                        .key("key")
                        .grantFullControl("id=\"" + ALICE + "\"")
                        .grantRead("id=" + BOB + ", uri=\"" + ALL_USERS + "\"")
                        .grantReadACP("id=" + BOB),
                RequestBody.fromString("bytes"));
        // Then
        assertThat(grants(bucket))
                .containsExactly(
                        grant(ALICE, Permission.FULL_CONTROL),
                        grant(BOB, Permission.READ),
                        Grant.builder()
                                .grantee(grantee -> grantee.type(Type.GROUP).uri(ALL_USERS))
                                .permission(Permission.READ)
                                .build(),
                        grant(BOB, Permission.READ_ACP));
        assertThat(bob.getObjectAsBytes(request -> request.bucket(bucket.name()).key("key"))
                        .asUtf8String())
                .isEqualTo("bytes");
        assertThat(bob.getObjectAcl(request -> request.bucket(bucket.name()).key("key"))
                        .owner()
                        .id())
                .isEqualTo(ALICE);
        refusal(
                "AccessDenied",
                () -> bob.putObjectAcl(
                        request -> request.bucket(bucket.name()).key("key").acl(ObjectCannedACL.PRIVATE)));
    }

    @Test
    void a_document_replaces_the_list_and_is_told_only_when_it_changes_something() {
        // Given
        var bucket = bucket(Ownership.OBJECT_WRITER);
        world.put(bucket, "key", "bytes");
        var wanted = List.of(grant(ALICE, Permission.FULL_CONTROL), grant(BOB, Permission.WRITE_ACP));
        // When
        putAcl(bucket, ALICE, wanted);
        putAcl(bucket, ALICE, wanted);
        // Then
        assertThat(grants(bucket)).isEqualTo(wanted);
        assertThat(world.changesOf(bucket))
                .extracting(change -> change.name())
                .containsExactly(EventName.OBJECT_CREATED_PUT, EventName.OBJECT_ACL_PUT);
    }

    @Test
    void each_version_has_a_list_of_its_own() {
        // Given
        var bucket = bucket(Ownership.OBJECT_WRITER);
        var first = world.put(bucket, "key", "first");
        world.put(bucket, "key", "second");
        // When
        s3.putObjectAcl(request ->
                request.bucket(bucket.name()).key("key").versionId(first).grantRead("id=" + BOB));
        // Then
        assertThat(s3.getObjectAcl(request ->
                                request.bucket(bucket.name()).key("key").versionId(first))
                        .grants())
                .containsExactly(grant(BOB, Permission.READ));
        assertThat(grants(bucket)).containsExactly(grant(ALICE, Permission.FULL_CONTROL));
        assertThat(world.changesOf(bucket).getLast().versionId()).contains(first);
        assertThat(bob.getObjectAsBytes(request ->
                                request.bucket(bucket.name()).key("key").versionId(first))
                        .asUtf8String())
                .isEqualTo("first");
        refusal(
                "AccessDenied",
                () -> bob.getObjectAsBytes(
                        request -> request.bucket(bucket.name()).key("key")));
    }

    @Test
    void without_acls_a_list_can_be_read_but_not_set() {
        // Given
        var bucket = bucket(Ownership.BUCKET_OWNER_ENFORCED);
        world.put(bucket, "key", "bytes");
        // Then
        assertThat(grants(bucket)).containsExactly(grant(ALICE, Permission.FULL_CONTROL));
        refusal(
                "AccessControlListNotSupported",
                () -> putAcl(bucket, ALICE, List.of(grant(ALICE, Permission.FULL_CONTROL))));
        refusal(
                "AccessControlListNotSupported",
                () -> s3.putObjectAcl(request ->
                        request.bucket(bucket.name()).key("key").acl(ObjectCannedACL.BUCKET_OWNER_FULL_CONTROL)));
        refusal(
                "AccessControlListNotSupported",
                () -> s3.putObject(
                        request -> request.bucket(bucket.name()).key("key").grantRead("id=" + BOB),
                        RequestBody.fromString("bytes")));
        assertThat(s3.putObject(
                                request ->
                                        request.bucket(bucket.name()).key("key").grantFullControl("id=" + ALICE),
                                RequestBody.fromString("bytes"))
                        .versionId())
                .isNotNull();
    }

    @ParameterizedTest
    @CsvSource({
        "id=no-such-account, InvalidArgument, Invalid id",
        "uri=http://acs.amazonaws.com/groups/none, InvalidArgument, Invalid group uri",
        "name=alice, InvalidArgument, Argument format not recognized",
        "emailAddress=a@example.com, MethodNotAllowed, Grantees by e-mail address are no longer supported"
    })
    void a_grantee_that_cannot_be_is_refused(String grantee, String code, String message) {
        // Given
        var bucket = bucket(Ownership.OBJECT_WRITER);
        // When
        var refused = refusal(
                code,
                () -> s3.putObject(
                        request -> request.bucket(bucket.name()).key("key").grantRead(grantee),
                        RequestBody.fromString("bytes")));
        // Then
        assertThat(refused.awsErrorDetails().errorMessage()).isEqualTo(message);
        assertThat(bucket.versions("key")).isEmpty();
    }

    @Test
    void one_list_is_named_in_one_way() throws Exception {
        // Given
        var bucket = bucket(Ownership.OBJECT_WRITER);
        world.put(bucket, "key", "bytes");
        var path = "/" + bucket.name() + "/key?acl";
        var document = "<AccessControlPolicy><Owner><ID>" + ALICE
                + "</ID></Owner><AccessControlList></AccessControlList></AccessControlPolicy>";
        // Then
        assertThat(world.send("PUT", path, "", "x-amz-acl", "private", "x-amz-grant-read", "id=" + BOB)
                        .body())
                .contains("<Code>InvalidRequest</Code>");
        assertThat(world.send("PUT", path, document, "x-amz-acl", "private").body())
                .contains("<Code>UnexpectedContent</Code>");
        assertThat(world.send("PUT", path, "").body())
                .contains("<Code>MissingSecurityHeader</Code>")
                .contains("<MissingHeaderName>x-amz-acl</MissingHeaderName>");
        assertThat(world.send("PUT", path, document).statusCode()).isEqualTo(200);
        assertThat(grants(bucket)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<AccessControlPolicy/>",
                "<AccessControlPolicy><Owner><ID>OWNER</ID></Owner></AccessControlPolicy>",
                "<AccessControlPolicy><Owner><ID>OWNER</ID></Owner><AccessControlList><Grant><Grantee/>"
                        + "<Permission>READ</Permission></Grant></AccessControlList></AccessControlPolicy>",
                "<AccessControlPolicy><Owner><ID>OWNER</ID></Owner><AccessControlList><Grant><Grantee><ID>OWNER</ID>"
                        + "</Grantee><Permission>ALL</Permission></Grant></AccessControlList></AccessControlPolicy>",
                "not a document"
            })
    void a_document_that_is_none_is_refused(String document) throws Exception {
        // Given
        var bucket = bucket(Ownership.OBJECT_WRITER);
        world.put(bucket, "key", "bytes");
        // When
        var answer = world.send("PUT", "/" + bucket.name() + "/key?acl", document.replace("OWNER", ALICE));
        // Then
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("<Code>MalformedACLError</Code>");
    }

    @Test
    void a_list_cannot_give_the_object_away_nor_hold_more_than_a_hundred_grants() {
        // Given
        var bucket = bucket(Ownership.OBJECT_WRITER);
        world.put(bucket, "key", "bytes");
        var many = Collections.nCopies(101, grant(BOB, Permission.READ));
        // Then
        refusal("AccessDenied", () -> putAcl(bucket, BOB, List.of(grant(BOB, Permission.FULL_CONTROL))));
        refusal("MalformedACLError", () -> putAcl(bucket, ALICE, many));
        assertThat(grants(bucket)).containsExactly(grant(ALICE, Permission.FULL_CONTROL));
    }

    @Test
    void a_bucket_takes_a_document_too() {
        // Given
        var bucket = bucket(Ownership.OBJECT_WRITER);
        // When
        s3.putBucketAcl(request -> request.bucket(bucket.name())
                .accessControlPolicy(policy -> policy.owner(owner -> owner.id(ALICE))
                        .grants(grant(ALICE, Permission.FULL_CONTROL), grant(BOB, Permission.WRITE))));
        // Then
        assertThat(s3.getBucketAcl(request -> request.bucket(bucket.name())).grants())
                .containsExactly(grant(ALICE, Permission.FULL_CONTROL), grant(BOB, Permission.WRITE));
    }

    @Test
    void a_delete_marker_has_no_list() {
        // Given
        var bucket = bucket(Ownership.OBJECT_WRITER);
        world.put(bucket, "key", "bytes");
        s3.deleteObject(request -> request.bucket(bucket.name()).key("key"));
        // Then
        refusal("MethodNotAllowed", () -> grants(bucket));
    }
}
