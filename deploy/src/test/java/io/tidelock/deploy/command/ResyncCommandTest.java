package io.tidelock.deploy.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidelock.deploy.config.ConfigLoader;
import io.tidelock.deploy.config.Loaded;
import io.tidelock.deploy.config.TidelockConfig;
import io.tidelock.deploy.service.SandboxConfig;
import io.tidelock.deploy.service.SandboxTraffic;
import io.tidelock.deploy.service.Service;
import io.tidelock.deploy.service.Wiring;
import io.tidelock.domain.BucketEvent;
import io.tidelock.domain.Cause;
import io.tidelock.domain.Look;
import io.tidelock.domain.Occurrence;
import io.tidelock.ingest.handoff.EventCodec;
import io.tidelock.replicator.store.ObjectStore;
import io.tidelock.sandbox.Sandbox;
import io.tidelock.sandbox.TwoRegions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code tidelock resync} writes of a sandbox whose bucket never told anybody of its objects. */
class ResyncCommandTest {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private Sandbox sandbox;
    private Path file;
    private SandboxTraffic traffic;
    private TidelockConfig config;

    @BeforeEach
    void start(@TempDir Path directory) throws IOException {
        sandbox = TwoRegions.silent().start();
        file = SandboxConfig.write(
                sandbox,
                directory,
                yaml -> yaml.replace("instance: one", "instance: one\nroles: [replicator]")
                        .replace("Filter: {}", "Filter: {Prefix: cats/}"));
        config = ((Loaded.Valid) new ConfigLoader(_ -> null).load(file)).config();
        traffic = new SandboxTraffic(Wiring.stores(config));
        traffic.put("cats/1", "one");
        traffic.put("cats/1", "one again");
        traffic.put("cats/2", "two");
        traffic.put("cats/3", "three");
        traffic.delete("cats/3");
        traffic.put("dogs/1", "woof");
    }

    @AfterEach
    void close() {
        traffic.stores().values().forEach(ObjectStore::close);
        sandbox.close();
    }

    private Answer resync(String... more) {
        var arguments = new String[4 + more.length];
        System.arraycopy(new String[] {"resync", "--config", file.toString(), "everything"}, 0, arguments, 0, 4);
        System.arraycopy(more, 0, arguments, 4, more.length);
        return Answer.to(arguments);
    }

    private List<BucketEvent> events() {
        return sandbox.kafka().records("tidelock.events").stream()
                .map(record -> ((EventCodec.Event) EventCodec.decode(record.value())).event())
                .toList();
    }

    /** A transaction is committed a little before its records are seen. */
    private void awaitEvents(int count) {
        await().atMost(LIMIT).untilAsserted(() -> assertThat(events()).hasSizeGreaterThanOrEqualTo(count));
    }

    private List<String> eventsOf(String key) {
        return events().stream()
                .filter(event -> event.object().key().equals(key))
                .map(event -> event instanceof BucketEvent.ObjectCreated created
                        ? "created " + created.sizeBytes()
                        : "marker")
                .toList();
    }

    @Test
    void every_version_of_the_rule_becomes_an_event_oldest_first() {
        // When
        var answer = resync();

        // Then
        assertThat(answer.exitCode()).as(answer.err()).isEqualTo(0);
        assertThat(answer.out()).contains("3 keys, 4 events written");
        awaitEvents(4);
        assertThat(eventsOf("cats/1")).containsExactly("created 3", "created 9");
        assertThat(eventsOf("cats/3")).containsExactly("created 5");
        assertThat(eventsOf("dogs/1")).isEmpty();
        assertThat(events())
                .extracting(BucketEvent::occurrence)
                .allMatch(occurrence -> occurrence.cause() == Cause.JOB)
                .extracting(Occurrence::look)
                .containsOnly(new Look("everything", Look.Purpose.RESYNC));
    }

    @Test
    void delete_markers_and_a_prefix_are_chosen() {
        // When
        var answer = resync("--prefix", "cats/3", "--delete-markers");

        // Then
        assertThat(answer.out()).contains("1 key, 2 events written");
        awaitEvents(2);
        assertThat(eventsOf("cats/3")).containsExactly("created 5", "marker");
        assertThat(events()).hasSize(2);
    }

    @Test
    void a_dry_run_counts_and_writes_nothing() {
        // When
        var answer = resync("--dry-run");

        // Then
        assertThat(answer.out()).contains("3 keys, 4 events to write");
        assertThat(sandbox.kafka().admin())
                .satisfies(admin -> assertThat(admin.listTopics().names().get())
                        .doesNotContain("tidelock.events", "tidelock.jobs"));
    }

    @Test
    void the_replicator_copies_what_was_never_told_of() {
        // Given
        resync("--delete-markers");

        // When
        var service = Service.start(config);

        // Then
        await().atMost(LIMIT).untilAsserted(() -> {
            assertThat(traffic.versionsAtDestination("cats/1")).isEqualTo(2);
            assertThat(traffic.versionsAtDestination("cats/2")).isEqualTo(1);
            assertThat(traffic.versionsAtDestination("cats/3")).isEqualTo(2);
        });
        assertThat(service.stop(Service.STOP_DEADLINE)).isTrue();
    }

    @Test
    void tags_that_were_never_told_of_are_at_the_destination_after_a_resync() {
        // Given
        resync();
        var service = Service.start(config);
        await().atMost(LIMIT)
                .untilAsserted(() ->
                        assertThat(traffic.versionsAtDestination("cats/1")).isEqualTo(2));
        traffic.tag("cats/1", Map.of("class", "gold"));

        // When
        var answer = resync();

        // Then
        assertThat(answer.exitCode()).as(answer.err()).isEqualTo(0);
        await().atMost(LIMIT)
                .untilAsserted(
                        () -> assertThat(traffic.tagsAtDestination("cats/1")).isEqualTo(Map.of("class", "gold")));
        assertThat(traffic.versionsAtDestination("cats/1")).isEqualTo(2);
        assertThat(service.stop(Service.STOP_DEADLINE)).isTrue();
    }

    @Test
    void broken_off_it_goes_on_where_it_was_and_done_it_begins_anew() throws Exception {
        // Given
        var broken = new AtomicReference<Answer>();
        var run = Thread.ofPlatform().start(() -> broken.set(resync("--rate", "1")));
        await().atMost(LIMIT)
                .until(() -> sandbox.kafka().admin().listTopics().names().get().contains("tidelock.events")
                        && events().size() >= 2);
        run.interrupt();
        run.join();

        // When
        var on = resync();
        awaitEvents(4);
        var anew = resync();
        awaitEvents(8);

        // Then
        assertThat(broken.get().exitCode()).isEqualTo(1);
        assertThat(on.exitCode()).as(on.err()).isEqualTo(0);
        assertThat(on.err()).contains("going on after ");
        assertThat(on.out()).contains("3 keys, 4 events written");
        assertThat(anew.err()).doesNotContain("going on");
        assertThat(anew.out()).contains("3 keys, 4 events written");
        assertThat(eventsOf("cats/3")).containsExactly("created 5", "created 5");
        assertThat(eventsOf("cats/2")).containsExactly("created 3", "created 3");
    }

    @Test
    void it_writes_no_faster_than_it_may() {
        // Given
        var begin = System.nanoTime();

        // When
        var answer = resync("--rate", "2");

        // Then
        assertThat(answer.out()).contains("3 keys, 4 events written");
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void of_two_runs_of_one_job_the_older_is_fenced_and_says_so() throws Exception {
        // Given
        var older = new AtomicReference<Answer>();
        var run = Thread.ofPlatform().start(() -> older.set(resync("--rate", "1")));
        await().atMost(LIMIT)
                .until(() -> sandbox.kafka().admin().listTopics().names().get().contains("tidelock.events")
                        && events().size() >= 1);

        // When
        var newer = resync();
        run.join();

        // Then
        assertThat(newer.exitCode()).as(newer.err()).isEqualTo(0);
        assertThat(older.get().exitCode()).isEqualTo(1);
        assertThat(older.get().err()).contains("another run has taken this job over");
    }

    @Test
    void wrong_arguments_are_named() {
        assertThat(Answer.to("resync", "--config", file.toString(), "nothing").err())
                .contains("RULE nothing: is no enabled rule; there are paris/photos/everything");
        assertThat(resync("--prefix", "dogs/").err())
                .contains("--prefix dogs/: no key of the rule everything begins so");
        assertThat(resync("--rate", "0").err()).contains("--rate must be at least 1, was 0");
    }
}
