package io.tidelock.scenarios.histories;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.scenarios.histories.KeyLife.Entry;
import io.tidelock.scenarios.verify.ReadVersion;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Judges what the destination holds of a key by promises P1 to P3 and the key's ledger alone. */
final class LifeJudge {
    private final KeyLife life;
    private final List<ReadVersion> replicas;

    /** The replicas are oldest first. */
    LifeJudge(KeyLife life, List<ReadVersion> replicas) {
        this.life = life;
        this.replicas = replicas;
    }

    void judge() {
        nothingIsInvented();
        everyVersionIsThereWithItsTags();
        firstArrivalsAreInOrder();
        currentIsLastEntry();
    }

    private void nothingIsInvented() {
        assertThat(replicas)
                .filteredOn(replica -> !replica.marker())
                .allSatisfy(replica ->
                        assertThat(entryOf(replica)).as(trace(replica)).isPresent());
    }

    /** P2: what the source was left with is there, and what is known of it is the last that was said. */
    private void everyVersionIsThereWithItsTags() {
        for (var entry : life.entries()) {
            if (life.holds(entry) && !entry.isMarker()) {
                var copies = replicas.stream()
                        .filter(replica -> entryOf(replica).equals(Optional.of(entry)))
                        .toList();
                assertThat(copies).as(trace(entry)).isNotEmpty();
                var wanted = life.tag(entry).isEmpty() ? Map.of() : Map.of("n", life.tag(entry));
                assertThat(copies.getLast().tags()).as(trace(entry)).isEqualTo(wanted);
            }
        }
    }

    /** P2: each copy is newer than the last, or one that came late and has the newest put back above it. */
    private void firstArrivalsAreInOrder() {
        var highest = -1;
        var late = false;
        for (var replica : replicas) {
            var place = entryOf(replica).map(Entry::place);
            if (place.isPresent()) {
                late = place.get() < highest;
                highest = Math.max(highest, place.get());
            } else {
                late = false;
            }
        }
        assertThat(late).as("a late version stayed on top; " + trace(replicas)).isFalse();
    }

    /** P1. What was removed before its turn may be there or not; an undone marker may hide or not. */
    private void currentIsLastEntry() {
        var last = life.entries().reversed().stream().filter(life::holds).findFirst();
        if (last.isEmpty()) {
            return;
        }
        assertThat(replicas).as(trace(last.get())).isNotEmpty();
        var current = replicas.getLast();
        var since = life.entries().subList(last.get().place(), life.entries().size());
        if (current.marker()) {
            assertThat(since).as("P1: " + trace(current)).anyMatch(Entry::isMarker);
        } else {
            assertThat(since)
                    .as("P1: " + trace(current))
                    .contains(entryOf(current).orElseThrow());
        }
    }

    private Optional<Entry> entryOf(ReadVersion replica) {
        return life.entries().stream()
                .filter(entry ->
                        entry.content() != null && sha256(entry.content()).equals(replica.sha256()))
                .findFirst();
    }

    private String trace(Object about) {
        return "%s: %s; ledger %s; there %s"
                .formatted(
                        life.key(),
                        about,
                        life.entries().stream()
                                .map(entry ->
                                        (entry.isMarker() ? "marker" : entry.place()) + (life.holds(entry) ? "" : "-"))
                                .toList(),
                        replicas.stream()
                                .map(replica -> entryOf(replica).map(Entry::place))
                                .toList());
    }

    private static String sha256(String content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
