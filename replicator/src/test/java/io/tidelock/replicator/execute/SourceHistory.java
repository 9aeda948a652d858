package io.tidelock.replicator.execute;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidelock.domain.BucketEvent;
import io.tidelock.domain.BucketEvent.DeleteMarkerCreated;
import io.tidelock.domain.BucketEvent.MetadataChanged;
import io.tidelock.domain.BucketEvent.ObjectCreated;
import io.tidelock.domain.BucketEvent.VersionRemoved;
import io.tidelock.domain.Cause;
import io.tidelock.domain.Encryption;
import io.tidelock.domain.ObjectVersion;
import io.tidelock.domain.Occurrence;
import io.tidelock.domain.Sequencer;
import io.tidelock.domain.VersionId;
import io.tidelock.domain.VersionStack.DataVersion;
import io.tidelock.replicator.plan.TwoSides;
import io.tidelock.replicator.store.BucketFacts.Versioning;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A random life of one source key: what was written in which order, and the events that tell of it. Lifecycle comes neither
 * with suspended versioning, where an event cannot say which null marker it means, nor with undone markers, as nothing
 * tells then whether a marker at the destination stands for the undone one.
 */
final class SourceHistory {
    private static final Encryption KMS = new Encryption.SseKms("arn:aws:kms:memory-1:1:key/a", false, false);

    private final TwoSides sides;
    private final Random random;
    private final boolean withLifecycle;
    private final boolean withSuspension;
    private final boolean withLongMetadata;
    private final SourceAspects aspects;
    private final List<Entry> entries = new ArrayList<>();
    private final List<Telling> undelivered = new ArrayList<>();
    private long sequence;

    SourceHistory(TwoSides sides, Random random) {
        this.sides = sides;
        this.random = random;
        this.withSuspension = random.nextInt(4) == 0;
        this.withLifecycle = !withSuspension && random.nextBoolean();
        this.withLongMetadata = random.nextInt(3) == 0;
        this.aspects = new SourceAspects(sides, random, !withSuspension);
    }

    /**
     * One version or marker that was once on top of the key.
     *
     * @param content the version's bytes as text, or null for a marker
     * @param counts whether the rule propagates it
     * @param marked whether its metadata leaves room for the origin mark
     */
    record Entry(int place, VersionId id, @Nullable String content, boolean counts, boolean marked) {
        boolean isMarker() {
            return content == null;
        }
    }

    /**
     * An event and the entry that it is about.
     *
     * @param entry null for events about what was removed
     */
    record Telling(BucketEvent event, @Nullable Entry entry) {}

    SourceAspects aspects() {
        return aspects;
    }

    List<Entry> entries() {
        return entries;
    }

    /** Events that were not yet delivered; delivering takes them out. */
    List<Telling> undelivered() {
        return undelivered;
    }

    /** One more change of the source key. */
    void change() {
        if (withSuspension && random.nextInt(4) == 0) {
            sides.source
                    .world()
                    .versioning(sides.originals, random.nextBoolean() ? Versioning.ENABLED : Versioning.SUSPENDED);
        }
        switch (random.nextInt(10)) {
            case 0, 1, 2, 3 -> put(new Encryption.None(), "STANDARD", true);
            case 4 -> put(random.nextBoolean() ? KMS : new Encryption.None(), "GLACIER", false);
            case 5, 6 -> delete(Cause.REQUEST);
            case 7 -> {
                if (withLifecycle) {
                    delete(Cause.LIFECYCLE);
                } else {
                    remove(false);
                }
            }
            case 8 -> remove(true);
            default -> changeSomething();
        }
    }

    private void put(Encryption encryption, String storageClass, boolean counts) {
        var content = "content-" + entries.size();
        var marked = !withLongMetadata || random.nextInt(3) > 0;
        var metadata = marked ? Map.of("n", content) : Map.of("n", content, "long", "m".repeat(1_950));
        var id = sides.source
                .world()
                .put(sides.key, content.getBytes(UTF_8), metadata, Map.of(), encryption, storageClass);
        var entry = add(new Entry(entries.size(), id, content, counts, marked));
        tell(
                new ObjectCreated(occurrence(id, "ObjectCreated:Put", Cause.REQUEST), (long) content.length(), null),
                entry);
    }

    private void delete(Cause cause) {
        var id = sides.delete();
        var entry = add(new Entry(entries.size(), id, null, cause == Cause.REQUEST, true));
        tell(new DeleteMarkerCreated(occurrence(id, "ObjectRemoved:DeleteMarkerCreated", cause)), entry);
    }

    private Entry add(Entry entry) {
        entries.add(entry);
        return entry;
    }

    private void remove(boolean data) {
        var there = sides.source.stack(sides.key).layers().stream()
                .filter(layer -> layer instanceof DataVersion == data)
                .toList();
        if (!there.isEmpty()) {
            var id = there.get(random.nextInt(there.size())).id();
            sides.source.world().remove(new ObjectVersion(sides.key, id));
            tell(new VersionRemoved(occurrence(id, "ObjectRemoved:Delete", Cause.REQUEST)), null);
        }
    }

    private void changeSomething() {
        var there = sides.source.stack(sides.key).layers().stream()
                .filter(DataVersion.class::isInstance)
                .toList();
        if (!there.isEmpty()) {
            var id = there.get(random.nextInt(there.size())).id();
            tell(id, aspects.change(new ObjectVersion(sides.key, id)), Cause.REQUEST);
        }
    }

    private void tell(VersionId id, BucketEvent.Aspect aspect, Cause cause) {
        tell(new MetadataChanged(occurrence(id, "Object" + aspect + ":Put", cause), aspect), null);
    }

    /** All that the source holds, as a resync finds it: versions and what may have changed of them, but no markers. */
    void resync() {
        for (var layer : sides.source.stack(sides.key).layers()) {
            if (layer instanceof DataVersion data) {
                var occurrence =
                        new Occurrence(sides.key, data.id(), sides.clock.instant(), null, null, "Resync", Cause.JOB);
                var entry = entries.reversed().stream()
                        .filter(one -> one.id().equals(data.id()))
                        .findFirst()
                        .orElseThrow();
                tell(new ObjectCreated(occurrence, data.sizeBytes(), data.eTag()), entry);
                aspects.changing().forEach(aspect -> tell(data.id(), aspect, Cause.JOB));
            }
        }
    }

    private void tell(BucketEvent event, @Nullable Entry entry) {
        undelivered.add(new Telling(event, entry));
    }

    private Occurrence occurrence(VersionId id, String name, Cause cause) {
        var told = random.nextInt(5) == 0 ? null : new Sequencer("%012X".formatted(++sequence));
        return new Occurrence(sides.key, id, sides.clock.instant(), told, null, name, cause);
    }

    /** Whether the source holds exactly this entry now. */
    boolean holds(Entry entry) {
        return sides.source.stack(sides.key).layers().stream()
                .anyMatch(layer -> layer.id().equals(entry.id()) && isStill(entry));
    }

    /** A later entry of the same id has overwritten a null version. */
    private boolean isStill(Entry entry) {
        return entries.stream()
                .noneMatch(other -> other.place() > entry.place() && other.id().equals(entry.id()));
    }
}
