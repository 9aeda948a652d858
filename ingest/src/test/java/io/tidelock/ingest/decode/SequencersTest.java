package io.tidelock.ingest.decode;

import static io.tidelock.ingest.decode.Notifications.decode;
import static io.tidelock.ingest.decode.Notifications.only;
import static io.tidelock.ingest.decode.Notifications.s3;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.domain.Sequencer;
import io.tidelock.ingest.decode.Decoded.Malformed;
import io.tidelock.ingest.json.Flaw;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SequencersTest {
    private static Sequencer of(SourceFormat format, String spelled) {
        var event =
                only(decode(format, s3("ObjectCreated:Put", Map.of("key", "k", "eTag", "e", "sequencer", spelled))));
        return Objects.requireNonNull(event.occurrence().sequencer());
    }

    private static String cephSpelled(Instant time) {
        return String.format(
                Locale.ROOT,
                "%08X%08X",
                Integer.reverseBytes((int) time.getEpochSecond()),
                Integer.reverseBytes(time.getNano()));
    }

    @ParameterizedTest
    @CsvSource({
        "0055AED6DCD90281E5, 0055AED6DCD90281E6",
        "0055AED6DCD90281E5, 617f08299329d189",
        "617f08299329d189, 0069B21FFD0745EE4E",
        "0055AED6DCD90281E5, 0055AED6DCD90281E501",
        "617f08299329d189, 617F08299329D18A",
        "0061, 00610000000001",
        "617b398000000000, 617b3980000000000001"
    })
    void rule_41_sequencers_of_both_channels_and_any_length_compare(String earlier, String later) {
        // Then
        assertThat(of(SourceFormat.S3, earlier)).isLessThan(of(SourceFormat.S3, later));
        assertThat(of(SourceFormat.S3, later)).isGreaterThan(of(SourceFormat.S3, earlier));
    }

    @Test
    void rule_42_the_same_position_in_both_channels_is_equal() {
        assertThat(of(SourceFormat.S3, "00617F08299329D189")).isEqualTo(of(SourceFormat.S3, "617f08299329d189"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ObjectTagging:Put",
                "ObjectAcl:Put",
                "s3:ObjectCreated:PutTagging",
                "s3:ObjectCreated:PutRetention"
            })
    void rule_43_and_44_a_metadata_event_has_no_sequencer_even_where_it_repeats_the_creations(String name) {
        // When
        var event = only(decode(SourceFormat.MINIO, s3(name, Map.of("key", "k", "sequencer", "18D9F0E2B5C5C1E0"))));
        // Then
        assertThat(event.occurrence().sequencer()).isNull();
    }

    @Test
    void rule_44_minio_sequencers_order_by_nanoseconds() {
        assertThat(of(SourceFormat.MINIO, "18D9F0E2B5C5C1E0")).isLessThan(of(SourceFormat.MINIO, "18D9F0E2B5C5C1E1"));
    }

    @Test
    void rule_45_ceph_sequencers_are_decoded_before_they_compare() {
        assertThat(of(SourceFormat.CEPH, "F7E6D75DC742D108")).isEqualTo(new Sequencer("5DD7E6F708D142C7"));
        assertThat(of(SourceFormat.CEPH, "992F046B2DD42404")).isEqualTo(new Sequencer("6B042F990424D42D"));
    }

    @Test
    void rule_45_ceph_order_is_the_order_of_time_where_comparing_hex_is_not() {
        // Given
        var start = Instant.parse("2026-11-23T12:20:41Z");
        var misordered = 0;
        for (int i = 0; i < 2_000; i++) {
            var earlier = cephSpelled(start.plusNanos(i * 37_000_003L));
            var later = cephSpelled(start.plusNanos((i + 1) * 37_000_003L));
            // Then
            assertThat(of(SourceFormat.CEPH, earlier)).isLessThan(of(SourceFormat.CEPH, later));
            misordered += new Sequencer(earlier).compareTo(new Sequencer(later)) > 0 ? 1 : 0;
        }
        assertThat(misordered).isPositive();
    }

    @ParameterizedTest
    @CsvSource({"S3, xyz", "CEPH, 992F046B2DD424", "CEPH, 992F046B2DD4240G", "MINIO, 18D9 0E2"})
    void what_is_no_sequencer_of_its_source_is_refused(SourceFormat format, String spelled) {
        // When
        var decoded = decode(format, s3("ObjectCreated:Put", Map.of("key", "k", "eTag", "e", "sequencer", spelled)));
        // Then
        assertThat(decoded).isInstanceOfSatisfying(Malformed.class, it -> {
            assertThat(it.flaw()).isEqualTo(Flaw.INVALID_FIELD);
            assertThat(it.detail()).contains("$.Records[0].s3.object.sequencer");
        });
    }
}
