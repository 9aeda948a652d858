package io.tidelock.sandbox.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.MetadataDirective;
import software.amazon.awssdk.services.s3.model.StorageClass;
import software.amazon.awssdk.services.s3.model.Tag;
import software.amazon.awssdk.services.s3.model.Tagging;

/** Bytes, ranges, metadata, checksums, tags and copies (API: PutObject, GetObject, CopyObject). */
abstract class ContentSemantics extends ObjectSemantics {
    private static final String TEXT = "0123456789";

    ContentSemantics(ServerUnderTest server) {
        super(server);
    }

    private static byte[] digest(String algorithm, String text) throws Exception {
        return MessageDigest.getInstance(algorithm).digest(utf8(text));
    }

    private static String crc32(String text) {
        var crc = new CRC32();
        crc.update(utf8(text));
        return Base64.getEncoder().encodeToString(HexFormat.of().parseHex("%08x".formatted(crc.getValue())));
    }

    @Test
    void the_etag_of_a_simple_write_is_the_md5_of_its_bytes() throws Exception {
        var expected = '"' + HexFormat.of().formatHex(digest("MD5", TEXT)) + '"';
        assertThat(put("k", TEXT).eTag()).isEqualTo(expected);
        var head = s3().headObject(b -> b.bucket(bucket).key("k"));
        assertThat(head.eTag()).isEqualTo(expected);
        assertThat(head.contentLength()).isEqualTo(10);
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=0-3, 0123, bytes 0-3/10",
        "bytes=4-, 456789, bytes 4-9/10",
        "bytes=-3, 789, bytes 7-9/10",
        "bytes=8-99, 89, bytes 8-9/10",
        "bytes=-99, 0123456789, bytes 0-9/10",
    })
    void a_range_is_read(String range, String text, String contentRange) {
        put("k", TEXT);
        var read = s3().getObjectAsBytes(b -> b.bucket(bucket).key("k").range(range));
        assertThat(read.asUtf8String()).isEqualTo(text);
        assertThat(read.response().contentRange()).isEqualTo(contentRange);
        assertThat(read.response().sdkHttpResponse().statusCode()).isEqualTo(206);
    }

    @Test
    void a_range_beyond_the_end_is_refused() {
        put("k", TEXT);
        refused(
                416,
                "InvalidRange",
                () -> s3().getObjectAsBytes(b -> b.bucket(bucket).key("k").range("bytes=10-")));
    }

    @Test
    void an_empty_object_is_an_object() {
        put("k", "");
        assertThat(get("k")).isEmpty();
        assertThat(s3().headObject(b -> b.bucket(bucket).key("k")).contentLength())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "ä/中/😀", "a+b", "a%20b", "a?b=c&d", "a#b", "!'()*;:@$,", "~-._", "\"<&>\""})
    void a_key_may_hold_any_characters(String key) {
        put(key, key);
        assertThat(get(key)).isEqualTo(key);
        assertThat(s3().listObjectsV2(b -> b.bucket(bucket)).contents())
                .singleElement()
                .satisfies(object -> assertThat(object.key()).isEqualTo(key));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/lead", "trail/", "x/../y", "x/./y", "x//y"})
    void a_key_is_never_normalised(String key) {
        needs(Gap.UNUSUAL_KEYS);
        put(key, key);
        assertThat(get(key)).isEqualTo(key);
        assertThat(s3().listObjectsV2(b -> b.bucket(bucket)).contents())
                .singleElement()
                .satisfies(object -> assertThat(object.key()).isEqualTo(key));
    }

    @Test
    void metadata_of_the_user_and_of_the_system_is_kept() {
        // Given
        var expires = Instant.parse("2030-01-02T03:04:05Z");
        // When
        s3().putObject(
                        b -> b.bucket(bucket)
                                .key("k")
                                .metadata(Map.of("note", "a value", "other", "1"))
                                .contentType("text/x-tide")
                                .cacheControl("max-age=60")
                                .contentDisposition("attachment; filename=\"a\"")
                                .contentEncoding("gzip")
                                .contentLanguage("de")
                                .expires(expires),
                        RequestBody.fromString(TEXT));
        // Then
        var head = s3().headObject(b -> b.bucket(bucket).key("k"));
        assertThat(head.metadata()).isEqualTo(Map.of("note", "a value", "other", "1"));
        assertThat(head.contentType()).isEqualTo("text/x-tide");
        assertThat(head.cacheControl()).isEqualTo("max-age=60");
        assertThat(head.contentDisposition()).isEqualTo("attachment; filename=\"a\"");
        assertThat(head.contentEncoding()).isEqualTo("gzip");
        assertThat(head.contentLanguage()).isEqualTo("de");
        assertThat(head.expiresString()).isEqualTo("Wed, 02 Jan 2030 03:04:05 GMT");
    }

    @Test
    void an_answer_may_be_dressed_otherwise() {
        put("k", TEXT);
        var read = s3().getObjectAsBytes(b ->
                b.bucket(bucket).key("k").responseContentType("image/x-tide").responseCacheControl("no-cache"));
        assertThat(read.response().contentType()).isEqualTo("image/x-tide");
        assertThat(read.response().cacheControl()).isEqualTo("no-cache");
    }

    @Test
    void a_checksum_in_the_head_is_checked_kept_and_shown() throws Exception {
        var sha256 = Base64.getEncoder().encodeToString(digest("SHA-256", TEXT));
        s3().putObject(b -> b.bucket(bucket).key("k").checksumSHA256(sha256), RequestBody.fromString(TEXT));
        var head = s3().headObject(b -> b.bucket(bucket).key("k").checksumMode(ChecksumMode.ENABLED));
        assertThat(head.checksumSHA256()).isEqualTo(sha256);
        var wrong = Base64.getEncoder().encodeToString(digest("SHA-256", "other"));
        refused(
                400,
                "BadDigest",
                () -> s3().putObject(
                                b -> b.bucket(bucket).key("k").checksumSHA256(wrong), RequestBody.fromString(TEXT)));
        refused(
                400,
                "BadDigest",
                () -> s3().putObject(
                                b -> b.bucket(bucket).key("k").checksumCRC32(crc32("other")),
                                RequestBody.fromString(TEXT)));
    }

    @Test
    void the_checksum_that_the_client_adds_behind_the_body_is_kept() {
        needs(Gap.CHECKSUM_TRAILERS);
        put("k", TEXT);
        var head = s3().headObject(b -> b.bucket(bucket).key("k").checksumMode(ChecksumMode.ENABLED));
        assertThat(head.checksumCRC32()).isEqualTo(crc32(TEXT));
    }

    @Test
    void a_wrong_md5_is_refused() throws Exception {
        var wrong = Base64.getEncoder().encodeToString(digest("MD5", "other"));
        refused(
                400,
                "BadDigest",
                () -> s3().putObject(b -> b.bucket(bucket).key("k").contentMD5(wrong), RequestBody.fromString(TEXT)));
        refused(404, "NoSuchKey", () -> get("k"));
    }

    @Test
    void a_copy_keeps_the_metadata_or_replaces_it() {
        // Given
        s3().putObject(
                        b -> b.bucket(bucket)
                                .key("k")
                                .metadata(Map.of("a", "1"))
                                .contentType("text/x-tide"),
                        RequestBody.fromString(TEXT));
        // When
        s3().copyObject(b ->
                b.sourceBucket(bucket).sourceKey("k").destinationBucket(bucket).destinationKey("kept"));
        s3().copyObject(b -> b.sourceBucket(bucket)
                .sourceKey("k")
                .destinationBucket(bucket)
                .destinationKey("replaced")
                .metadataDirective(MetadataDirective.REPLACE)
                .metadata(Map.of("b", "2")));
        // Then
        var kept = s3().headObject(b -> b.bucket(bucket).key("kept"));
        assertThat(kept.metadata()).isEqualTo(Map.of("a", "1"));
        assertThat(kept.contentType()).isEqualTo("text/x-tide");
        assertThat(s3().headObject(b -> b.bucket(bucket).key("replaced")).metadata())
                .isEqualTo(Map.of("b", "2"));
        assertThat(get("replaced")).isEqualTo(TEXT);
    }

    @Test
    void a_copy_may_name_a_version_of_its_source() {
        var first = put("k", "one").versionId();
        put("k", "two");
        s3().copyObject(b -> b.sourceBucket(bucket)
                .sourceKey("k")
                .sourceVersionId(first)
                .destinationBucket(bucket)
                .destinationKey("k"));
        assertThat(get("k")).isEqualTo("one");
        assertThat(s3().listObjectVersions(b -> b.bucket(bucket)).versions()).hasSize(3);
    }

    @Test
    void a_copy_of_what_is_not_there_is_not_found() {
        refused(
                404,
                "NoSuchKey",
                () -> s3().copyObject(b -> b.sourceBucket(bucket)
                        .sourceKey("missing")
                        .destinationBucket(bucket)
                        .destinationKey("k")));
    }

    @Test
    void the_storage_class_of_a_copy_is_the_one_it_asks_for() {
        needs(Gap.STORAGE_CLASS_ON_COPY);
        put("k", TEXT);
        s3().copyObject(b -> b.sourceBucket(bucket)
                .sourceKey("k")
                .destinationBucket(bucket)
                .destinationKey("cold")
                .storageClass(StorageClass.STANDARD_IA));
        assertThat(s3().headObject(b -> b.bucket(bucket).key("cold")).storageClass())
                .isEqualTo(StorageClass.STANDARD_IA);
    }

    @Test
    void tags_are_written_with_an_object_read_replaced_and_removed() {
        needs(Gap.TAGS);
        s3().putObject(b -> b.bucket(bucket).key("k").tagging("a=1&b=2%203"), RequestBody.fromString(TEXT));
        assertThat(s3().getObjectTagging(b -> b.bucket(bucket).key("k")).tagSet())
                .containsExactlyInAnyOrder(tag("a", "1"), tag("b", "2 3"));
        assertThat(s3().getObject(b -> b.bucket(bucket).key("k")).response().tagCount())
                .isEqualTo(2);
        s3().putObjectTagging(b -> b.bucket(bucket)
                .key("k")
                .tagging(Tagging.builder().tagSet(tag("c", "4")).build()));
        assertThat(s3().getObjectTagging(b -> b.bucket(bucket).key("k")).tagSet())
                .containsExactly(tag("c", "4"));
        s3().deleteObjectTagging(b -> b.bucket(bucket).key("k"));
        assertThat(s3().getObjectTagging(b -> b.bucket(bucket).key("k")).tagSet())
                .isEmpty();
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }
}
