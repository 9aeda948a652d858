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
import java.util.Optional;
import java.util.Random;
import java.util.Set;
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
    private final Set<HistoryTrait> traits;
    private final SourceAspects aspects;
    private final List<Entry> entries = new ArrayList<>();
    private final List<Telling> undelivered = new ArrayList<>();
    private long sequence;

    SourceHistory(TwoSides sides, Random random, Set<HistoryTrait> traits) {
        this.sides = sides;
        this.random = random;
        this.traits = traits;
        this.aspects = new SourceAspects(sides, random, traits);
    }

    /** What happens in a history of one way, by chance. */
    static List<HistoryTrait> traits(Random random) {
        var traits = new ArrayList<HistoryTrait>();
        if (random.nextInt(4) == 0) {
            traits.add(HistoryTrait.SUSPENSION);
        } else {
            add(traits, random.nextBoolean(), HistoryTrait.LIFECYCLE);
            add(traits, random.nextInt(3) == 0, HistoryTrait.LOCKS);
        }
        add(traits, random.nextInt(3) == 0, HistoryTrait.LONG_METADATA);
        add(traits, random.nextInt(3) == 0, HistoryTrait.ACLS);
        add(traits, random.nextInt(3) == 0, HistoryTrait.LOSS);
        return traits;
    }

    private static void add(List<HistoryTrait> traits, boolean chosen, HistoryTrait trait) {
        if (chosen) {
            traits.add(trait);
        }
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

    /** One more change of the source key; tells what it was. */
    String change() {
        var suspension = traits.contains(HistoryTrait.SUSPENSION) && random.nextInt(4) == 0 ? setVersioning() : "";
        return suspension
                + switch (random.nextInt(10)) {
                    case 0, 1, 2, 3 -> put(new Encryption.None(), "STANDARD", true);
                    case 4 -> put(random.nextBoolean() ? KMS : new Encryption.None(), "GLACIER", false);
                    case 5, 6 -> delete(Cause.REQUEST);
                    case 7 -> traits.contains(HistoryTrait.LIFECYCLE) ? delete(Cause.LIFECYCLE) : remove(false);
                    case 8 -> remove(true);
                    default -> changeSomething();
                };
    }

    private String setVersioning() {
        var versioning = random.nextBoolean() ? Versioning.ENABLED : Versioning.SUSPENDED;
        sides.source.world().versioning(sides.originals, versioning);
        return "versioning " + versioning + ", ";
    }

    private String put(Encryption encryption, String storageClass, boolean counts) {
        var content = "content-" + entries.size();
        var marked = !traits.contains(HistoryTrait.LONG_METADATA) || random.nextInt(3) > 0;
        var metadata = marked ? Map.of("n", content) : Map.of("n", content, "long", "m".repeat(1_950));
        var id = sides.source
                .world()
                .put(sides.key, content.getBytes(UTF_8), metadata, Map.of(), encryption, storageClass);
        var entry = add(new Entry(entries.size(), id, content, counts, marked));
        tell(
                new ObjectCreated(occurrence(id, "ObjectCreated:Put", Cause.REQUEST), (long) content.length(), null),
                entry);
        return "put " + id + ", " + content + (counts ? "" : ", not to be copied")
                + (marked ? "" : ", no room for the mark");
    }

    private String delete(Cause cause) {
        var id = sides.delete();
        var entry = add(new Entry(entries.size(), id, null, cause == Cause.REQUEST, true));
        tell(new DeleteMarkerCreated(occurrence(id, "ObjectRemoved:DeleteMarkerCreated", cause)), entry);
        return "marker " + id + ", " + cause;
    }

    private Entry add(Entry entry) {
        entries.add(entry);
        return entry;
    }

    private String remove(boolean data) {
        return chosen(data)
                .map(id -> {
                    sides.source.world().remove(new ObjectVersion(sides.key, id));
                    tell(new VersionRemoved(occurrence(id, "ObjectRemoved:Delete", Cause.REQUEST)), null);
                    return "remove " + id + " for good";
                })
                .orElse("nothing to remove");
    }

    private String changeSomething() {
        return chosen(true)
                .map(id -> {
                    var aspect = aspects.change(new ObjectVersion(sides.key, id));
                    tell(id, aspect);
                    return "change " + aspect + " of " + id;
                })
                .orElse("nothing to change");
    }

    /** One of the versions or of the markers that the source holds. */
    private Optional<VersionId> chosen(boolean data) {
        var there = sides.source.stack(sides.key).layers().stream()
                .filter(layer -> layer instanceof DataVersion == data)
                .toList();
        return there.isEmpty()
                ? Optional.empty()
                : Optional.of(there.get(random.nextInt(there.size())).id());
    }

    private void tell(VersionId id, BucketEvent.Aspect aspect) {
        tell(new MetadataChanged(occurrence(id, "Object" + aspect + ":Put", Cause.REQUEST), aspect), null);
    }

    /** All that the source holds, as a resync tells it: versions but no markers. */
    void resync() {
        for (var event : KeyResync.events(sides.source, sides.key, sides.rule.id(), false)) {
            var id = event.occurrence().versionId();
            var entry = entries.reversed().stream()
                    .filter(one -> one.id().equals(id))
                    .findFirst()
                    .orElseThrow();
            tell(event, entry);
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
