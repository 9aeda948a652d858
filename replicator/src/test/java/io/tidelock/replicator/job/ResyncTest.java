package io.tidelock.replicator.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidelock.domain.Bucket;
import io.tidelock.domain.BucketEvent;
import io.tidelock.domain.Look;
import io.tidelock.domain.VersionId;
import io.tidelock.domain.VersionStack.DataVersion;
import io.tidelock.domain.VersionStack.Marker;
import io.tidelock.replicator.store.VersionPages;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResyncTest {
    private static final Bucket BUCKET = new Bucket("paris", "photos");
    private static final Look LOOK = new Look("originals", Look.Purpose.RESYNC);
    private static final List<VersionPages.Entry> LISTED = List.of(
            data("a", "a3"), data("a", "a2"), data("a", "a1"), marker("b", "b2"), data("b", "b1"), data("c", "c1"));

    private static VersionPages.Entry data(String key, String id) {
        return new VersionPages.Entry(key, new DataVersion(VersionId.of(id), Instant.EPOCH, "e", 1, "STANDARD"));
    }

    private static VersionPages.Entry marker(String key, String id) {
        return new VersionPages.Entry(key, new Marker(VersionId.of(id), Instant.EPOCH));
    }

    private static List<String> run(int pageSize, boolean markers, @Nullable String after) throws InterruptedException {
        var made = new ArrayList<String>();
        new Resync(new Pages(pageSize), BUCKET, LOOK, key -> !key.equals("c"), markers).run("", after, (_, events) -> {
            events.forEach(event -> made.add(text(event)));
            return true;
        });
        return made;
    }

    private static String text(BucketEvent event) {
        return event.occurrence().name() + " " + event.occurrence().versionId();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 100})
    void versions_come_oldest_first_wherever_pages_end(int pageSize) throws InterruptedException {
        assertThat(run(pageSize, false, null))
                .containsExactly(
                        "ObjectCreated:Put a1", "ObjectCreated:Put a2", "ObjectCreated:Put a3", "ObjectCreated:Put b1");
    }

    @Test
    void markers_come_where_they_are_asked_for() throws InterruptedException {
        assertThat(run(2, true, null)).endsWith("ObjectCreated:Put b1", "ObjectRemoved:DeleteMarkerCreated b2");
    }

    @Test
    void it_goes_on_after_a_key() throws InterruptedException {
        assertThat(run(2, false, "a")).containsExactly("ObjectCreated:Put b1");
        assertThat(run(2, false, "z")).isEmpty();
    }

    @Test
    void a_checkpoint_comes_back_as_it_was_written() {
        // Given
        var checkpoint = new Checkpoint("k\u00e9y/\"1\"", 3, 4, false);

        // When
        var value = checkpoint
                .record("jobs", Checkpoint.job(BUCKET, "r", "", false))
                .value();

        // Then
        assertThat(Checkpoint.read(Objects.requireNonNull(value))).contains(checkpoint);
        assertThat(Checkpoint.read(new byte[] {1})).isEmpty();
        assertThatThrownBy(() -> Checkpoint.read("{\"v\":2}".getBytes(StandardCharsets.UTF_8)))
                .hasMessageContaining("written by a newer Tidelock: v is 2, this program reads up to 1");
    }

    @Test
    void jobs_that_ask_otherwise_have_other_names() {
        assertThat(List.of(
                        Checkpoint.job(BUCKET, "r", "", false),
                        Checkpoint.job(BUCKET, "r", "p", false),
                        Checkpoint.job(BUCKET, "r", "", true),
                        Checkpoint.job(BUCKET, "q", "", false)))
                .doesNotHaveDuplicates();
    }

    /** Pages over a list in memory. */
    private record Pages(int size) implements VersionPages {
        @Override
        public Page page(Bucket bucket, String prefix, @Nullable Cursor after) {
            var rest = LISTED.stream().filter(entry -> isAfter(entry, after)).toList();
            var page = rest.subList(0, Math.min(size, rest.size()));
            return new Page(
                    page,
                    page.size() == rest.size()
                            ? Optional.empty()
                            : Optional.of(new Cursor(
                                    page.getLast().key(),
                                    page.getLast().layer().id().value())));
        }

        private static boolean isAfter(Entry entry, @Nullable Cursor after) {
            if (after == null) {
                return true;
            }
            if (after.versionId() == null) {
                return entry.key().compareTo(after.key()) > 0;
            }
            var at = LISTED.stream()
                    .filter(one -> one.layer().id().value().equals(after.versionId()))
                    .findFirst()
                    .orElseThrow();
            return LISTED.indexOf(entry) > LISTED.indexOf(at);
        }

        @Override
        public void close() {}
    }
}
