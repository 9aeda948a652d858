package io.tidelock.replicator.execute;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidelock.domain.BucketEvent;
import io.tidelock.domain.BucketEvent.Aspect;
import io.tidelock.domain.VersionId;
import io.tidelock.replicator.outcome.Outcome;
import io.tidelock.replicator.store.s3.SandboxFixture;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;

/** How many HTTP requests one operation costs, case by case, counted by the sandbox at both sides. */
public final class RequestsPerCase {
    private static final int LARGE_BYTES = 12 << 20;
    private static final int PART_BYTES = 5 << 20;

    private final SandboxFixture paris;
    private final SandboxFixture frankfurt;
    private final AtomicReference<Instant> now;
    private final List<Counted> counted = new ArrayList<>();

    private RequestsPerCase(SandboxFixture paris, SandboxFixture frankfurt, AtomicReference<Instant> now) {
        this.paris = paris;
        this.frankfurt = frankfurt;
        this.now = now;
    }

    /**
     * One case.
     *
     * @param end how the operation ended
     * @param source the requests at the source, with their numbers
     * @param destination the same at the destination
     */
    public record Counted(String name, String end, long total, String source, String destination) {}

    /** All cases, the plain one first. */
    public static List<Counted> count() {
        var now = new AtomicReference<>(Instant.now());
        try (var paris = new SandboxFixture("paris", CountedSides.SOURCE_ACCOUNT, now::get);
                var frankfurt = new SandboxFixture("frankfurt", CountedSides.DESTINATION_ACCOUNT, now::get)) {
            var cases = new RequestsPerCase(paris, frankfurt, now);
            cases.creations();
            cases.variants();
            cases.skips();
            cases.deletionsAndChanges();
            cases.looks();
            return cases.counted;
        }
    }

    private void creations() {
        count(
                "a new version (plain: no tags, no ACL, owner not verified)",
                sides -> sides.created(sides.put("one"), 1));
        count("a new version above an older one", sides -> {
            sides.run(sides.created(sides.put("one"), 1));
            someSecondsLater();
            return sides.created(sides.put("two"), 2);
        });
        count("a new version above one of the same second, so that the listings decide", sides -> {
            sides.run(sides.created(sides.put("one"), 1));
            return sides.created(sides.put("two"), 2);
        });
        count("the same event again", sides -> {
            var event = sides.created(sides.put("one"), 1);
            sides.run(event);
            return event;
        });
        count("a version that comes late and is put below the newest", sides -> {
            var late = sides.created(sides.put("one"), 1);
            someSecondsLater();
            sides.run(sides.created(sides.put("two"), 2));
            return late;
        });
        count("a version of 12 MiB in three parts", sides -> sides.created(sides.put(large(), Map.of(), null), 1));
        count(
                "a version of 12 MiB that was uploaded in three parts and has no checksum of the whole",
                sides -> sides.created(sides.uploadInParts(large()), 1));
        count(
                "a version of 12 MiB that was uploaded in three parts and has no checksum at all",
                sides -> sides.created(sides.uploadWithoutChecksums(large(), PART_BYTES, PART_BYTES, 2 << 20), 1));
    }

    private void someSecondsLater() {
        now.updateAndGet(earlier -> earlier.plus(Duration.ofSeconds(5)));
    }

    private static byte[] large() {
        var bytes = new byte[LARGE_BYTES];
        new Random(LARGE_BYTES).nextBytes(bytes);
        return bytes;
    }

    private void variants() {
        count(
                "a version with tags",
                sides -> sides.created(sides.put("one".getBytes(UTF_8), Map.of("class", "gold"), null), 1));
        count("a version whose ACL is copied", sides -> {
            sides.withAcls();
            return sides.created(sides.put("one"), 1);
        });
        count("a version whose new owner is verified", sides -> {
            sides.overrideOwner();
            return sides.created(sides.put("one"), 1);
        });
        count("a null version", sides -> {
            sides.suspend();
            sides.put("one");
            return sides.created(VersionId.NULL, 1);
        });
    }

    private void skips() {
        count("an archived version", sides -> sides.created(sides.put("one".getBytes(UTF_8), Map.of(), "GLACIER"), 1));
        count("a version that is gone", sides -> {
            var id = sides.put("one");
            sides.remove(id);
            return sides.created(id, 1, 3);
        });
        count("a removal for good", sides -> sides.removed(sides.put("one")));
    }

    private void deletionsAndChanges() {
        count("a delete marker", sides -> {
            sides.run(sides.created(sides.put("one"), 1));
            return sides.marker(sides.delete(), 2);
        });
        count("changed tags", sides -> {
            var id = replicated(sides);
            sides.tag(id);
            return sides.changed(id, Aspect.TAGS, "ObjectTagging:Put");
        });
        count("a changed ACL", sides -> {
            sides.withAcls();
            var id = replicated(sides);
            sides.open(id);
            return sides.changed(id, Aspect.ACL, "ObjectAcl:Put");
        });
        count("a changed retention", true, sides -> {
            var id = replicated(sides);
            sides.retain(id);
            return sides.changed(id, Aspect.RETENTION, "ObjectRetention:Put");
        });
    }

    private void looks() {
        count("a job's look at a replica that is there, without tags", sides -> {
            replicated(sides);
            return sides.resynced();
        });
        count("a job's look at a replica that has other tags", sides -> {
            sides.tag(replicated(sides));
            return sides.resynced();
        });
        count("a job's look at what is not there", sides -> {
            sides.put("one");
            return sides.resynced();
        });
    }

    private static VersionId replicated(CountedSides sides) {
        var id = sides.put("one");
        sides.run(sides.created(id, 1));
        return id;
    }

    private void count(String name, Function<CountedSides, BucketEvent> prepare) {
        count(name, false, prepare);
    }

    /** @param prepare makes the sides what they have to be, and tells the event that is counted */
    private void count(String name, boolean lockable, Function<CountedSides, BucketEvent> prepare) {
        var sides = new CountedSides(paris, frankfurt, now::get, lockable);
        var event = prepare.apply(sides);
        sides.warmUp();
        sides.resetCounts();
        var outcome = sides.run(event);
        if (!sides.retries.isEmpty()) {
            throw new AssertionError(name + " was tried again: " + sides.retries);
        }
        var source = sides.requestsAtSource();
        var destination = sides.requestsAtDestination();
        counted.add(
                new Counted(name, end(outcome), total(source) + total(destination), text(source), text(destination)));
    }

    private static String end(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Replicated replicated -> replicated.restacked() ? "replicated, restacked" : "replicated";
            case Outcome.DeleteMarkerPropagated _ -> "marker propagated";
            case Outcome.MetadataSynced _ -> "metadata synced";
            case Outcome.Skipped skipped -> "skipped: " + skipped.reason();
            case Outcome.Failed failed -> throw new AssertionError("failed: " + failed);
        };
    }

    private static long total(Map<String, Long> requests) {
        return requests.values().stream().mapToLong(Long::longValue).sum();
    }

    private static String text(Map<String, Long> requests) {
        return requests.isEmpty()
                ? "none"
                : requests.entrySet().stream()
                        .map(request -> request.getValue() == 1
                                ? request.getKey()
                                : request.getValue() + " " + request.getKey())
                        .collect(Collectors.joining(", "));
    }
}
