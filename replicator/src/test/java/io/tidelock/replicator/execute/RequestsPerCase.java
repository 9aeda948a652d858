package io.tidelock.replicator.execute;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidelock.domain.BucketEvent;
import io.tidelock.domain.BucketEvent.Aspect;
import io.tidelock.domain.Encryption;
import io.tidelock.domain.ObjectLock;
import io.tidelock.domain.ObjectVersion;
import io.tidelock.domain.VersionId;
import io.tidelock.replicator.plan.TwoSides;
import io.tidelock.replicator.rule.RuleDestination;
import io.tidelock.replicator.rule.RuleFilter;
import io.tidelock.replicator.store.AclWrite;
import io.tidelock.replicator.store.BucketFacts.Versioning;
import io.tidelock.replicator.store.InMemoryObjectStore;
import io.tidelock.replicator.store.StoreCall;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** How many requests one operation costs, case by case, counted at the stores. */
public final class RequestsPerCase {
    private static final RuleDestination OVERRIDDEN =
            new RuleDestination("replicas", "222", null, null, true, false, false);

    private final List<Counted> counted = new ArrayList<>();

    private RequestsPerCase() {}

    /**
     * One case.
     *
     * @param source the calls at the source, with their numbers
     * @param destination the same at the destination
     */
    public record Counted(String name, int total, String source, String destination) {}

    /** All cases, the plain one first. */
    public static List<Counted> count() {
        var cases = new RequestsPerCase();
        cases.creations();
        cases.variants();
        cases.deletionsAndChanges();
        return cases.counted;
    }

    private void creations() {
        count("a new version (plain: no tags, no ACL, owner not verified)", copying -> copying.created("one", 1));
        count("a new version above an older one", copying -> {
            copying.run(copying.created("one", 1));
            return copying.created("two", 2);
        });
        count("the same event again", copying -> {
            var event = copying.created("one", 1);
            copying.run(event);
            return event;
        });
        count("a version that comes late and is put below the newest", copying -> {
            var late = copying.created("one", 1);
            copying.run(copying.created("two", 2));
            return late;
        });
        count("a version of 12 MiB in three parts", copying -> copying.created(Copying.bytes(12 << 20), 1));
    }

    private void variants() {
        count("a version with tags", copying -> {
            var id = copying.sides
                    .source
                    .world()
                    .put(copying.sides.key, "one".getBytes(UTF_8), Map.of(), Map.of("class", "gold"));
            return copying.sides.created(id, 1);
        });
        count("a version whose ACL is copied", copying -> {
            withAcls(copying);
            return copying.created("one", 1);
        });
        count("a version whose new owner is verified", copying -> {
            copying.sides.rule = TwoSides.rule(new RuleFilter.Everything(), OVERRIDDEN);
            return copying.created("one", 1);
        });
        count("a null version", copying -> {
            copying.sides.source.world().versioning(copying.sides.originals, Versioning.SUSPENDED);
            var _ = copying.created("one", 1);
            return copying.sides.created(VersionId.NULL, 1);
        });
        count("an archived version, skipped", copying -> {
            var id = copying.sides
                    .source
                    .world()
                    .put(copying.sides.key, new byte[1], Map.of(), Map.of(), new Encryption.None(), "GLACIER");
            return copying.sides.created(id, 1);
        });
        count("a version that is gone, skipped", copying -> {
            var event = copying.created("one", 1);
            var id = event.occurrence().versionId();
            copying.sides.source.world().remove(new ObjectVersion(copying.sides.key, id == null ? VersionId.NULL : id));
            return event;
        });
    }

    private void deletionsAndChanges() {
        count("a delete marker", copying -> {
            copying.run(copying.created("one", 1));
            return copying.sides.marker(copying.sides.delete(), 2);
        });
        count("a removal for good, skipped", copying -> copying.sides.removed(copying.sides.put("one")));
        count("changed tags", copying -> {
            var id = replicated(copying);
            copying.sides.source.putTags(new ObjectVersion(copying.sides.key, id), Map.of("class", "gold"));
            return copying.sides.tagged(id);
        });
        count("a changed ACL", copying -> {
            withAcls(copying);
            var id = replicated(copying);
            copying.sides.source.world().acl(new ObjectVersion(copying.sides.key, id), AclWrite.canned("public-read"));
            return copying.sides.changed(id, Aspect.ACL, "ObjectAcl:Put");
        });
        count("a changed retention", copying -> {
            copying.sides.source.world().objectLock(copying.sides.originals);
            copying.sides.destination.world().objectLock(copying.sides.replicas);
            var id = replicated(copying);
            copying.sides
                    .source
                    .world()
                    .lock(
                            new ObjectVersion(copying.sides.key, id),
                            new ObjectLock("GOVERNANCE", TwoSides.START.plus(Duration.ofDays(1)), false));
            return copying.sides.changed(id, Aspect.RETENTION, "ObjectRetention:Put");
        });
    }

    private static void withAcls(Copying copying) {
        copying.sides.source.world().ownership(copying.sides.originals, "ObjectWriter");
        copying.sides.destination.world().ownership(copying.sides.replicas, "ObjectWriter");
    }

    private static VersionId replicated(Copying copying) {
        var id = copying.sides.put("one");
        copying.run(copying.sides.created(id, 1));
        return id;
    }

    /** @param prepare makes the world what it has to be, and tells the event that is counted */
    private void count(String name, Function<Copying, BucketEvent> prepare) {
        var copying = new Copying();
        var event = prepare.apply(copying);
        copying.sides.source.resetCounts();
        copying.sides.destination.resetCounts();
        copying.run(event);
        var source = calls(copying.sides.source);
        var destination = calls(copying.sides.destination);
        counted.add(new Counted(name, total(source) + total(destination), text(source), text(destination)));
    }

    private static Map<StoreCall, Integer> calls(InMemoryObjectStore store) {
        var calls = new TreeMap<>(store.counts());
        calls.remove(StoreCall.GetBucketVersioning);
        return calls;
    }

    private static int total(Map<StoreCall, Integer> calls) {
        return calls.values().stream().mapToInt(Integer::intValue).sum();
    }

    private static String text(Map<StoreCall, Integer> calls) {
        return calls.isEmpty()
                ? "none"
                : calls.entrySet().stream()
                        .map(call -> call.getValue() == 1
                                ? call.getKey().name()
                                : call.getValue() + " " + call.getKey().name())
                        .collect(Collectors.joining(", "));
    }
}
