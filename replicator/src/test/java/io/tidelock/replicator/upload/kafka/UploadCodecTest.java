package io.tidelock.replicator.upload.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.domain.Bucket;
import io.tidelock.domain.ObjectKey;
import io.tidelock.domain.ObjectVersion;
import io.tidelock.domain.VersionId;
import io.tidelock.replicator.upload.SavedUpload;
import io.tidelock.replicator.upload.kafka.UploadCodec.Newer;
import io.tidelock.replicator.upload.kafka.UploadCodec.Read;
import io.tidelock.replicator.upload.kafka.UploadCodec.Unreadable;
import java.io.IOException;
import java.time.Instant;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UploadCodecTest {
    static final SavedUpload UPLOAD = new SavedUpload(
            new ObjectKey(new Bucket("frankfurt", "replicas"), "a/\u00e9"),
            "u-1",
            new ObjectVersion(new ObjectKey(new Bucket("paris", "photos"), "a/\u00e9"), new VersionId("v1")),
            "d41d",
            17,
            5,
            "r1",
            Instant.parse("2026-11-23T12:20:41Z"));

    static byte[] kept(String name) throws IOException {
        try (var bytes =
                Objects.requireNonNull(UploadCodecTest.class.getResourceAsStream("/records/" + name + ".json"), name)) {
            return bytes.readAllBytes();
        }
    }

    @Test
    void an_upload_of_version_1_is_read_and_written_as_it_was() throws IOException {
        assertThat(UploadCodec.decode(kept("upload-v1"))).isEqualTo(new Read(UPLOAD));
        assertThat(UploadCodec.encode(UPLOAD)).isEqualTo(kept("upload-v1"));
    }

    @Test
    void what_a_later_release_added_is_ignored_and_what_a_newer_version_wrote_is_told_apart() throws IOException {
        // Given
        var grown =
                new String(kept("upload-v1"), UTF_8).replaceFirst("\\{\"v\":1", "{\"v\":1,\"added\":{\"deep\":[1]}");

        // Then
        assertThat(UploadCodec.decode(grown.getBytes(UTF_8))).isEqualTo(new Read(UPLOAD));
        assertThat(UploadCodec.decode(kept("upload-newer")))
                .isEqualTo(new Newer("v is 99, this program reads up to 1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "{", "{}", "{\"v\":0}", "{\"v\":\"1\",\"replica\":{}}", "{\"v\":1}"})
    void what_is_no_upload_is_told_apart(String value) {
        assertThat(UploadCodec.decode(value.getBytes(UTF_8))).isInstanceOf(Unreadable.class);
    }

    @Test
    void no_damage_to_a_record_makes_the_codec_throw() throws IOException {
        // Given
        var seed = 20_261_124L;
        var random = new Random(seed);
        var damaged = 0;
        for (int round = 0; round < 5_000; round++) {
            var bytes = kept("upload-v1");
            for (int i = random.nextInt(3); i >= 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            // When
            damaged += UploadCodec.decode(bytes) instanceof Unreadable ? 1 : 0;
        }
        // Then
        assertThat(damaged).as("seed %d", seed).isBetween(100, 4_999);
    }

    @Test
    void two_uploads_of_one_key_are_two_records() {
        // Given
        var other = new SavedUpload(UPLOAD.replica(), "u-2", UPLOAD.source(), "d41d", 17, 5, "r1", UPLOAD.at());

        // Then
        assertThat(UploadCodec.key(UPLOAD)).isNotEqualTo(UploadCodec.key(other));
        assertThat(UploadCodec.key(UPLOAD)).isEqualTo(UploadCodec.key(UPLOAD.carriedOn(Instant.EPOCH)));
    }
}
