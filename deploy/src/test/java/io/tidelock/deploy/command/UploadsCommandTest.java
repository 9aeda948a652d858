package io.tidelock.deploy.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.deploy.config.ConfigLoader;
import io.tidelock.deploy.config.Loaded;
import io.tidelock.deploy.config.TidelockConfig;
import io.tidelock.deploy.service.SandboxConfig;
import io.tidelock.deploy.service.Wiring;
import io.tidelock.domain.Bucket;
import io.tidelock.domain.ContentHeaders;
import io.tidelock.domain.Encryption;
import io.tidelock.domain.ObjectKey;
import io.tidelock.domain.ObjectLock;
import io.tidelock.domain.ObjectVersion;
import io.tidelock.domain.VersionId;
import io.tidelock.replicator.store.AclWrite;
import io.tidelock.replicator.store.Multipart;
import io.tidelock.replicator.store.ObjectStore;
import io.tidelock.replicator.store.Precondition;
import io.tidelock.replicator.store.ReplicaWrite;
import io.tidelock.replicator.upload.SavedUpload;
import io.tidelock.replicator.upload.kafka.KafkaUploadLedger;
import io.tidelock.sandbox.Sandbox;
import io.tidelock.sandbox.TwoRegions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code tidelock uploads} shows and aborts in a destination that other tools use as well. */
class UploadsCommandTest {
    private static final Bucket REPLICAS = new Bucket(TwoRegions.FRANKFURT, TwoRegions.DESTINATION_BUCKET);

    private Sandbox sandbox;
    private Path file;
    private Map<String, ObjectStore> stores;
    private TidelockConfig config;
    private String own;
    private String young;
    private String foreign;

    @BeforeEach
    void start(@TempDir Path directory) throws IOException, InterruptedException {
        sandbox = TwoRegions.silent().start();
        file = SandboxConfig.write(sandbox, directory, yaml -> yaml);
        config = ((Loaded.Valid) new ConfigLoader(_ -> null).load(file)).config();
        stores = Wiring.stores(config);
        assertThat(Wiring.topics(config).ensure(List.of(config.topics().uploads())))
                .isEmpty();
        own = begin("own");
        young = begin("young");
        foreign = begin("foreign");
        try (var ledger = ledger()) {
            ledger.keep(saved("own", own, Instant.now().minus(Duration.ofDays(2))));
            ledger.keep(saved("young", young, Instant.now()));
        }
    }

    @AfterEach
    void close() {
        stores.values().forEach(ObjectStore::close);
        sandbox.close();
    }

    private KafkaUploadLedger ledger() {
        return new KafkaUploadLedger(config.kafka(), config.topics().uploads().name());
    }

    private ObjectStore frankfurt() {
        return Objects.requireNonNull(stores.get(TwoRegions.FRANKFURT));
    }

    private String begin(String key) {
        return frankfurt()
                .startUpload(new ReplicaWrite(
                        new ObjectKey(REPLICAS, key),
                        1,
                        ContentHeaders.NONE,
                        Map.of(),
                        Map.of(),
                        null,
                        new Encryption.None(),
                        AclWrite.DEFAULT,
                        null,
                        ObjectLock.NONE,
                        new Precondition.Anything()))
                .uploadId();
    }

    private static SavedUpload saved(String key, String uploadId, Instant at) {
        var source = new ObjectKey(new Bucket(TwoRegions.PARIS, TwoRegions.SOURCE_BUCKET), key);
        return new SavedUpload(
                new ObjectKey(REPLICAS, key),
                uploadId,
                new ObjectVersion(source, new VersionId("v1")),
                "etag",
                1,
                1,
                "revision",
                at);
    }

    private List<String> open() {
        var open = new ArrayList<String>();
        frankfurt().uploads(REPLICAS, (Multipart.Open upload) -> open.add(upload.uploadId()));
        return open;
    }

    private Answer uploads(String action, String... more) {
        var arguments = new ArrayList<>(List.of("uploads", action, "--config", file.toString()));
        arguments.addAll(List.of(more));
        return Answer.to(arguments.toArray(String[]::new));
    }

    @Test
    void all_uploads_are_listed_and_told_apart() {
        // When
        var table = uploads("list");
        var json = uploads("list", "--format", "json", "--older-than", "24h");

        // Then
        assertThat(table.exitCode()).as(table.err()).isZero();
        assertThat(table.out())
                .contains("3 uploads")
                .containsPattern("open +own .*/own  " + own)
                .containsPattern("open +own .*/young  " + young)
                .containsPattern("open +other .*/foreign  " + foreign);
        assertThat(json.out()).contains("\"own\" : true", own).doesNotContain(young, foreign);
    }

    @Test
    void a_key_cannot_steer_the_terminal_and_json_has_it_exactly() {
        // Given
        begin("a\u001b[2Jb");

        // When
        var table = uploads("list");
        var json = uploads("list", "--format", "json");

        // Then
        assertThat(table.out()).contains("frankfurt/photos-replica/a?[2Jb").doesNotContain("\u001b");
        assertThat(json.out()).contains("a\\u001B[2Jb");
    }

    @Test
    void only_own_old_uploads_are_aborted() throws InterruptedException {
        // When
        var tried = uploads("abort", "--dry-run");
        var before = open();
        var aborted = uploads("abort");

        // Then
        assertThat(tried.out()).contains("open     own", own, "1 upload").doesNotContain(young, foreign);
        assertThat(before).containsExactlyInAnyOrder(own, young, foreign);
        assertThat(aborted.exitCode()).as(aborted.err()).isZero();
        assertThat(aborted.out()).contains("aborted  own", own);
        assertThat(open()).containsExactlyInAnyOrder(young, foreign);
        try (var ledger = ledger()) {
            assertThat(ledger.known()).extracting(SavedUpload::uploadId).containsExactly(young);
        }
    }

    @Test
    void wrong_arguments_are_named() {
        assertThat(uploads("list", "--older-than", "soon").err())
                .contains("--older-than", "must be a number and one of s, m, h, d, was soon");
        assertThat(uploads("remove").err()).contains("[LIST, ABORT]", "remove");
    }
}
