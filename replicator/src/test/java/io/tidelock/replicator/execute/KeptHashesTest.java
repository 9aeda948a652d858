package io.tidelock.replicator.execute;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.domain.BucketEvent.ObjectCreated;
import io.tidelock.domain.Checksum;
import io.tidelock.domain.Encryption;
import io.tidelock.replicator.outcome.FailureReason;
import io.tidelock.replicator.outcome.Outcome;
import io.tidelock.replicator.store.s3.SandboxFixture;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Promise P2, whatever a source tells of the bytes of its versions: a checksum or an ETag, of the whole or of the parts. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KeptHashesTest {
    private static final int MIB = 1 << 20;
    private static final byte[] BYTES = bytes(6 * MIB);
    private static final Checksum CRC32 = new Checksum("CRC32", "", true);

    private final SandboxFixture paris =
            new SandboxFixture("paris", CountedSides.SOURCE_ACCOUNT, InstantSource.system());
    private final SandboxFixture frankfurt =
            new SandboxFixture("frankfurt", CountedSides.DESTINATION_ACCOUNT, InstantSource.system());

    private static byte[] bytes(int size) {
        var bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private CountedSides sides() {
        return new CountedSides(paris, frankfurt, InstantSource.system(), false);
    }

    @AfterAll
    void close() {
        paris.close();
        frankfurt.close();
    }

    /** How a version came to be. */
    enum Uploaded {
        WITH_CRC32_OF_ITS_PARTS,
        WITH_CRC32,
        WITH_SHA256,
        WITHOUT_CHECKSUMS,
        WITHOUT_CHECKSUMS_IN_PARTS_OF_AN_ODD_SIZE,
        WITHOUT_CHECKSUMS_IN_ONE_PART,
        IN_ONE_REQUEST_WITHOUT_CHECKSUMS,
        IN_ONE_REQUEST_WITH_CRC32,
        IN_ONE_REQUEST_WITH_CRC32C,
        IN_ONE_REQUEST_WITH_CRC64NVME,
        IN_ONE_REQUEST_WITH_SHA1,
        IN_ONE_REQUEST_WITH_SHA256,
        UNDER_KMS_IN_ONE_REQUEST_WITH_CRC64NVME,
        UNDER_KMS_IN_ONE_REQUEST_WITH_SHA256;

        private ObjectCreated at(CountedSides sides) {
            return sides.created(
                    switch (this) {
                        case WITH_CRC32_OF_ITS_PARTS -> sides.uploadInParts(BYTES, null);
                        case WITH_CRC32 -> sides.uploadInParts(BYTES, CRC32);
                        case WITH_SHA256 -> sides.uploadInParts(BYTES, new Checksum("SHA256", "", true));
                        case WITHOUT_CHECKSUMS -> sides.uploadWithoutChecksums(BYTES, 5 * MIB, MIB);
                        case WITHOUT_CHECKSUMS_IN_PARTS_OF_AN_ODD_SIZE ->
                            sides.uploadWithoutChecksums(BYTES, 5 * MIB + 1, MIB - 1);
                        case WITHOUT_CHECKSUMS_IN_ONE_PART -> sides.uploadWithoutChecksums(BYTES, 6 * MIB);
                        case IN_ONE_REQUEST_WITHOUT_CHECKSUMS -> sides.putWithoutChecksum(BYTES);
                        case IN_ONE_REQUEST_WITH_CRC32 -> sides.put(BYTES, "CRC32", new Encryption.None());
                        case IN_ONE_REQUEST_WITH_CRC32C -> sides.put(BYTES, "CRC32C", new Encryption.None());
                        case IN_ONE_REQUEST_WITH_CRC64NVME -> sides.put(BYTES, "CRC64NVME", new Encryption.None());
                        case IN_ONE_REQUEST_WITH_SHA1 -> sides.put(BYTES, "SHA1", new Encryption.None());
                        case IN_ONE_REQUEST_WITH_SHA256 -> sides.put(BYTES, "SHA256", new Encryption.None());
                        case UNDER_KMS_IN_ONE_REQUEST_WITH_CRC64NVME -> sides.put(BYTES, "CRC64NVME", sides.kms());
                        case UNDER_KMS_IN_ONE_REQUEST_WITH_SHA256 -> sides.put(BYTES, "SHA256", sides.kms());
                    },
                    1);
        }
    }

    static Stream<Arguments> uploadsBelowTheThresholdAndAtIt() {
        return Arrays.stream(Uploaded.values())
                .flatMap(uploaded ->
                        Stream.of(Arguments.of(uploaded, BYTES.length), Arguments.of(uploaded, BYTES.length + 1)));
    }

    @ParameterizedTest
    @MethodSource("uploadsBelowTheThresholdAndAtIt")
    void another_byte_on_the_way_in_is_noticed_and_never_stays(Uploaded uploaded, int thresholdBytes)
            throws IOException {
        // Given
        var sides = sides();
        sides.inOneRequestBelow(thresholdBytes);
        var event = uploaded.at(sides);
        sides.corruptReads(2); // a small version's head is read with a GET

        // When
        var outcome = sides.run(event);

        // Then
        assertThat(outcome).isInstanceOf(Outcome.Replicated.class);
        assertThat(sides.retries).isNotEmpty().containsOnly(FailureReason.REPLICA_DIFFERS);
        assertThat(sides.replicaBytes()).isEqualTo(BYTES);
    }

    @ParameterizedTest
    @MethodSource("uploadsBelowTheThresholdAndAtIt")
    void it_is_noticed_as_well_where_the_destination_keeps_no_checksums(Uploaded uploaded, int thresholdBytes)
            throws IOException {
        // Given
        var sides = sides();
        sides.inOneRequestBelow(thresholdBytes);
        sides.replicateWithoutChecksums();
        var event = uploaded.at(sides);
        sides.corruptReads(2);

        // When
        var outcome = sides.run(event);

        // Then
        assertThat(outcome).isInstanceOf(Outcome.Replicated.class);
        assertThat(sides.retries).isNotEmpty().containsOnly(FailureReason.REPLICA_DIFFERS);
        assertThat(sides.replicaBytes()).isEqualTo(BYTES);
    }

    @ParameterizedTest
    @EnumSource(Uploaded.class)
    void what_arrives_as_it_was_sent_is_copied_at_the_first_try(Uploaded uploaded) throws IOException {
        // Given
        var sides = sides();
        var event = uploaded.at(sides);

        // When
        var outcome = sides.run(event);

        // Then
        assertThat(outcome).isInstanceOf(Outcome.Replicated.class);
        assertThat(sides.retries).isEmpty();
        assertThat(sides.replicaBytes()).isEqualTo(BYTES);
    }

    @Test
    void a_version_of_uneven_parts_without_checksums_is_replicated_as_it_is_read() throws IOException {
        // Given
        var sides = sides();
        var bytes = bytes(12 * MIB);
        var event = sides.created(sides.uploadWithoutChecksums(bytes, 5 * MIB, 6 * MIB, MIB), 1);

        // When
        var outcome = sides.run(event);

        // Then
        assertThat(outcome).isInstanceOf(Outcome.Replicated.class);
        assertThat(sides.retries).isEmpty();
        assertThat(sides.replicaBytes()).isEqualTo(bytes);
    }

    static Stream<Checksum> kinds() {
        return Stream.of(null, CRC32);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void a_version_of_one_empty_part_is_replicated(@Nullable Checksum checksum) throws IOException {
        // Given
        var sides = sides();
        var event = sides.created(sides.uploadInParts(new byte[0], checksum), 1);

        // When
        var outcome = sides.run(event);

        // Then
        assertThat(outcome).isInstanceOf(Outcome.Replicated.class);
        assertThat(sides.replicaBytes()).isEmpty();
    }
}
