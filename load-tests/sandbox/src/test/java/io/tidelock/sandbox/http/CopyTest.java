package io.tidelock.sandbox.http;

import static io.tidelock.sandbox.http.ServedWorld.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.sandbox.model.BucketState;
import io.tidelock.sandbox.model.Change;
import io.tidelock.sandbox.model.EventName;
import io.tidelock.sandbox.model.Versioning;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.MetadataDirective;
import software.amazon.awssdk.services.s3.model.StorageClass;
import software.amazon.awssdk.services.s3.model.Tag;
import software.amazon.awssdk.services.s3.model.TaggingDirective;

class CopyTest {
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

    private static void putDescribed(BucketState bucket) {
        s3.putObject(
                request -> request.bucket(bucket.name())
                        .key("from")
                        .contentType("text/plain")
                        .websiteRedirectLocation("/there")
                        .storageClass(StorageClass.STANDARD_IA)
                        .metadata(Map.of("origin", "here"))
                        .tagging("a=1"),
                RequestBody.fromString("bytes"));
    }

    private static CopyObjectResponse copy(BucketState bucket, Consumer<CopyObjectRequest.Builder> more) {
        return s3.copyObject(request -> {
            request.sourceBucket(bucket.name())
                    .sourceKey("from")
                    .destinationBucket(bucket.name())
                    .destinationKey("to");
            more.accept(request);
        });
    }

    @Test
    void a_copy_takes_metadata_and_tags_along_and_nothing_else() {
        // Given
        var bucket = world.bucket(Versioning.ENABLED);
        putDescribed(bucket);
        // When
        var copied = copy(bucket, _ -> {});
        var head = s3.headObject(request -> request.bucket(bucket.name()).key("to"));
        // Then
        assertThat(world.get(bucket, "to")).isEqualTo("bytes");
        assertThat(copied.copySourceVersionId())
                .isEqualTo(bucket.versions("from").getFirst().versionId());
        assertThat(copied.versionId()).isEqualTo(head.versionId());
        assertThat(head.contentType()).isEqualTo("text/plain");
        assertThat(head.metadata()).containsEntry("origin", "here");
        assertThat(head.storageClass()).isNull();
        assertThat(head.websiteRedirectLocation()).isNull();
        assertThat(s3.getObjectTagging(request -> request.bucket(bucket.name()).key("to"))
                        .tagSet())
                .containsExactly(Tag.builder().key("a").value("1").build());
        assertThat(world.changesOf(bucket)).extracting(Change::name).endsWith(EventName.OBJECT_CREATED_COPY);
    }

    @Test
    void directives_replace_metadata_and_tags() {
        // Given
        var bucket = world.bucket();
        putDescribed(bucket);
        // When
        copy(
                bucket,
                request -> request.metadataDirective(MetadataDirective.REPLACE)
                        .metadata(Map.of("new", "yes"))
                        .contentType("text/html")
                        .taggingDirective(TaggingDirective.REPLACE)
                        .tagging("b=2")
                        .storageClass(StorageClass.STANDARD_IA));
        var head = s3.headObject(request -> request.bucket(bucket.name()).key("to"));
        // Then
        assertThat(head.metadata()).containsExactly(Map.entry("new", "yes"));
        assertThat(head.contentType()).isEqualTo("text/html");
        assertThat(head.storageClass()).isEqualTo(StorageClass.STANDARD_IA);
        assertThat(s3.getObjectTagging(request -> request.bucket(bucket.name()).key("to"))
                        .tagSet())
                .containsExactly(Tag.builder().key("b").value("2").build());
    }

    @Test
    void an_older_version_is_copied_when_it_is_named() {
        // Given
        var bucket = world.bucket(Versioning.ENABLED);
        var old = world.put(bucket, "from", "old");
        world.put(bucket, "from", "new");
        // When
        copy(bucket, request -> request.sourceVersionId(old));
        // Then
        assertThat(world.get(bucket, "to")).isEqualTo("old");
    }

    @Test
    void a_delete_marker_cannot_be_copied() {
        // Given
        var bucket = world.bucket(Versioning.ENABLED);
        world.put(bucket, "from", "bytes");
        var marker = s3.deleteObject(request -> request.bucket(bucket.name()).key("from"))
                .versionId();
        // Then
        refusal("NoSuchKey", () -> copy(bucket, _ -> {}));
        refusal("InvalidRequest", () -> copy(bucket, request -> request.sourceVersionId(marker)));
        refusal("NoSuchVersion", () -> copy(bucket, request -> request.sourceVersionId("A".repeat(32))));
    }

    @Test
    void conditions_on_the_source_are_kept() {
        // Given
        var bucket = world.bucket();
        world.put(bucket, "from", "bytes");
        var eTag = s3.headObject(request -> request.bucket(bucket.name()).key("from"))
                .eTag();
        // Then
        refusal("PreconditionFailed", () -> copy(bucket, request -> request.copySourceIfMatch("\"other\"")));
        refusal("PreconditionFailed", () -> copy(bucket, request -> request.copySourceIfNoneMatch(eTag)));
        assertThat(copy(bucket, request -> request.copySourceIfMatch(eTag))
                        .copyObjectResult()
                        .eTag())
                .isEqualTo(eTag);
    }

    @Test
    void a_copy_onto_itself_must_change_something() {
        // Given
        var bucket = world.bucket();
        putDescribed(bucket);
        // Then
        refusal("InvalidRequest", () -> copy(bucket, request -> request.destinationKey("from")));
        copy(
                bucket,
                request -> request.destinationKey("from")
                        .metadataDirective(MetadataDirective.REPLACE)
                        .metadata(Map.of("changed", "yes")));
        assertThat(s3.headObject(request -> request.bucket(bucket.name()).key("from"))
                        .metadata())
                .containsOnlyKeys("changed");
        assertThat(world.get(bucket, "from")).isEqualTo("bytes");
    }

    @Test
    void the_source_may_have_any_name_and_lie_in_another_region() {
        // Given
        var source = world.bucket();
        var destination = world.world.createBucket("copies-go-here", ServedWorld.FRANKFURT, ServedWorld.ALICE);
        var key = "odd +%20/\u00E9\uD83D\uDE00?&=";
        world.put(source, key, "bytes");
        // When
        world.client(world.frankfurt, ServedWorld.ALICE)
                .copyObject(request -> request.sourceBucket(source.name())
                        .sourceKey(key)
                        .destinationBucket(destination.name())
                        .destinationKey(key));
        // Then
        assertThat(destination.versions(key)).hasSize(1);
    }

    @Test
    void parts_are_copied_by_range() {
        // Given
        var bucket = world.bucket();
        var bytes = new byte[6 << 20];
        new Random(5).nextBytes(bytes);
        s3.putObject(request -> request.bucket(bucket.name()).key("from"), RequestBody.fromBytes(bytes));
        var uploadId = s3.createMultipartUpload(
                        request -> request.bucket(bucket.name()).key("to"))
                .uploadId();
        // When
        var first = copyPart(bucket, uploadId, 1, "bytes=100-" + (99 + (5 << 20)));
        var second = copyPart(bucket, uploadId, 2, "bytes=0-99");
        s3.completeMultipartUpload(request -> request.bucket(bucket.name())
                .key("to")
                .uploadId(uploadId)
                .multipartUpload(upload -> upload.parts(
                        CompletedPart.builder().partNumber(1).eTag(first).build(),
                        CompletedPart.builder().partNumber(2).eTag(second).build())));
        s3.deleteObject(request -> request.bucket(bucket.name()).key("from"));
        // Then
        var copied = s3.getObjectAsBytes(
                        request -> request.bucket(bucket.name()).key("to"))
                .asByteArray();
        assertThat(Arrays.copyOf(copied, 5 << 20)).isEqualTo(Arrays.copyOfRange(bytes, 100, 100 + (5 << 20)));
        assertThat(Arrays.copyOfRange(copied, 5 << 20, copied.length)).isEqualTo(Arrays.copyOf(bytes, 100));
    }

    @Test
    void a_range_beyond_the_source_is_refused() {
        // Given
        var bucket = world.bucket();
        world.put(bucket, "from", "bytes");
        var uploadId = s3.createMultipartUpload(
                        request -> request.bucket(bucket.name()).key("to"))
                .uploadId();
        // Then
        refusal("InvalidArgument", () -> copyPart(bucket, uploadId, 1, "bytes=0-5"));
        refusal("InvalidArgument", () -> copyPart(bucket, uploadId, 1, "bytes=0-"));
    }

    private static String copyPart(BucketState bucket, String uploadId, int number, String range) {
        return s3.uploadPartCopy(request -> request.sourceBucket(bucket.name())
                        .sourceKey("from")
                        .destinationBucket(bucket.name())
                        .destinationKey("to")
                        .uploadId(uploadId)
                        .partNumber(number)
                        .copySourceRange(range))
                .copyPartResult()
                .eTag();
    }
}
