package io.tidelock.scenarios.ceph;

import io.tidelock.scenarios.traffic.ObjectWriter;
import io.tidelock.scenarios.traffic.Step.Attributes;
import io.tidelock.scenarios.traffic.Step.Copy;
import io.tidelock.scenarios.traffic.Step.Delete;
import io.tidelock.scenarios.traffic.Step.EncryptionWish;
import io.tidelock.scenarios.traffic.Step.Put;
import io.tidelock.scenarios.traffic.TrafficPlan;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The usual traffic as far as Ceph takes it: without storage classes, which are of its own configuration there, and without copies of what is
 * encrypted, which it refuses.
 */
final class MixedChanges {
    private final TrafficPlan plan;
    private final ObjectWriter writer;
    private final Set<String> encrypted = new HashSet<>();
    private int puts;
    private int encryptedPuts;
    private int copies;
    private int markers;

    MixedChanges(TrafficPlan plan, ObjectWriter writer) {
        this.plan = plan;
        this.writer = writer;
    }

    /** Makes as many changes, one after the other. */
    void make(int changes) {
        for (int made = 0; made < changes; ) {
            made += switch (plan.next()) {
                case Put(var key, var content, var attributes) -> {
                    writer.put(key, content, withoutStorageClass(attributes));
                    remember(key, attributes.encryption());
                    yield 1;
                }
                case Copy(var from, var key) -> copy(from, key);
                case Delete(var key) -> {
                    writer.delete(key);
                    markers++;
                    yield 1;
                }
            };
        }
    }

    /** How many changes that was. */
    private int copy(String from, String key) {
        if (encrypted.contains(from)) {
            return 0;
        }
        writer.copy(from, key);
        copies++;
        return 1;
    }

    private void remember(String key, EncryptionWish wish) {
        puts++;
        if (wish == EncryptionWish.SSE_KMS) {
            encryptedPuts++;
            encrypted.add(key);
        } else {
            encrypted.remove(key);
        }
    }

    private static Attributes withoutStorageClass(Attributes wanted) {
        return new Attributes(
                wanted.headers(), wanted.metadata(), wanted.tags(), wanted.encryption(), Optional.empty());
    }

    int versions() {
        return puts + copies;
    }

    int markers() {
        return markers;
    }

    @Override
    public String toString() {
        return puts + " puts, " + encryptedPuts + " of them encrypted, " + copies + " copies, " + markers
                + " delete markers";
    }
}
