package io.tidelock.replicator.upload.kafka;

import static io.tidelock.replicator.upload.kafka.UploadCodecTest.UPLOAD;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidelock.ingest.handoff.NewerRecordException;
import io.tidelock.ingest.kafka.CompactedTable;
import io.tidelock.ingest.kafka.KafkaSettings;
import io.tidelock.sandbox.kafka.SandboxKafka;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KafkaUploadLedgerTest {
    private static final String TOPIC = "tidelock.uploads";

    @Test
    void uploads_of_a_newer_version_are_named_and_left_alone_and_the_others_are_found() throws Exception {
        try (var kafka = new SandboxKafka().start()) {
            // Given
            kafka.createTopic(TOPIC, 1, Map.of("cleanup.policy", "compact"));
            var settings = new KafkaSettings(kafka.bootstrapServers(), Map.of(), "one");
            try (var ledger = new KafkaUploadLedger(settings, TOPIC);
                    var table = new CompactedTable(settings, "test", TOPIC)) {
                assertThat(ledger.keep(UPLOAD)).isTrue();
                table.write("of a newer one", UploadCodecTest.kept("upload-newer"));
                table.write("of nobody", "{}".getBytes(UTF_8));

                // When / Then
                assertThat(ledger.all()).containsExactly(UPLOAD);
                assertThat(ledger.of(UPLOAD.replica())).containsExactly(UPLOAD);
                assertThatThrownBy(ledger::known)
                        .isInstanceOf(NewerRecordException.class)
                        .hasMessageContaining("tidelock.uploads-0@1 was written by a newer Tidelock: v is 99");

                // When
                ledger.forget(UPLOAD);

                // Then
                assertThat(ledger.all()).isEmpty();
                assertThat(kafka.records(TOPIC))
                        .anySatisfy(
                                record -> assertThat(record.value()).isEqualTo(UploadCodecTest.kept("upload-newer")));
            }
        }
    }
}
