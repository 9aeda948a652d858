package io.tidelock.scenarios.verify;

import io.tidelock.scenarios.verify.Difference.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.BiPredicate;
import java.util.stream.IntStream;

/** Compares all versions of one key on both sides; both stacks are given oldest first. */
final class StackComparison {
    private static final int UNPAIRED = -1;

    private final String key;
    private final ReplicaPolicy policy;
    private final List<ReadVersion> source;
    private final List<ReadVersion> replica;
    private final int[] pairOfSource;
    private final boolean[] paired;
    private final List<Difference> differences = new ArrayList<>();

    private StackComparison(String key, List<ReadVersion> source, List<ReadVersion> replica, ReplicaPolicy policy) {
        this.key = key;
        this.policy = policy;
        this.source = source.stream()
                .filter(version -> policy.markers() || !version.marker())
                .toList();
        this.replica = replica;
        this.pairOfSource = new int[this.source.size()];
        this.paired = new boolean[replica.size()];
        Arrays.fill(pairOfSource, UNPAIRED);
    }

    static List<Difference> compare(
            String key, List<ReadVersion> source, List<ReadVersion> replica, ReplicaPolicy policy) {
        var comparison = new StackComparison(key, source, replica, policy);
        comparison.pairUp();
        comparison.compareOrder();
        comparison.comparePairs();
        comparison.reportUnpaired();
        return List.copyOf(comparison.differences);
    }

    /** Pairs what is alike first, then what is alike in bytes, then what is alike in metadata, so that one damage is reported as one. */
    private void pairUp() {
        pairBy(this::sameContent);
        pairBy((wanted, found) -> sameBytes(wanted, found) && wanted.tags().equals(found.tags()));
        pairBy(StackComparison::sameBytes);
        pairBy((wanted, found) -> !wanted.marker()
                && !found.marker()
                && !wanted.metadata().isEmpty()
                && wanted.metadata().equals(policy.metadataOf(found)));
    }

    private void pairBy(BiPredicate<ReadVersion, ReadVersion> alike) {
        for (int i = 0; i < pairOfSource.length; i++) {
            for (int j = 0; pairOfSource[i] == UNPAIRED && j < paired.length; j++) {
                if (!paired[j] && alike.test(source.get(i), replica.get(j))) {
                    pairOfSource[i] = j;
                    paired[j] = true;
                }
            }
        }
    }

    private boolean sameContent(ReadVersion wanted, ReadVersion found) {
        return sameBytes(wanted, found)
                && wanted.headers().equals(found.headers())
                && wanted.metadata().equals(policy.metadataOf(found))
                && wanted.tags().equals(found.tags());
    }

    private static boolean sameBytes(ReadVersion wanted, ReadVersion found) {
        return wanted.marker() == found.marker()
                && wanted.sizeBytes() == found.sizeBytes()
                && wanted.sha256().equals(found.sha256());
    }

    private void compareOrder() {
        switch (policy.history()) {
            case EXACT -> {
                var order =
                        IntStream.of(pairOfSource).filter(j -> j != UNPAIRED).toArray();
                if (!Arrays.equals(order, IntStream.of(order).sorted().toArray())) {
                    var found =
                            IntStream.of(order).sorted().mapToObj(replica::get).toList();
                    add(Kind.ORDER, describe(source), describe(found));
                }
            }
            case EVENTUAL -> {
                if (!source.isEmpty() && (replica.isEmpty() || !sameContent(source.getLast(), replica.getLast()))) {
                    var top = replica.isEmpty() ? "nothing" : describe(replica.getLast());
                    add(Kind.CURRENT, describe(source.getLast()), top);
                }
            }
        }
    }

    private void comparePairs() {
        for (int i = 0; i < pairOfSource.length; i++) {
            if (pairOfSource[i] != UNPAIRED) {
                comparePair(source.get(i), replica.get(pairOfSource[i]));
            }
        }
    }

    private void comparePair(ReadVersion wanted, ReadVersion found) {
        compare(Kind.OWNER, policy.owner(), found.owner());
        if (wanted.marker()) {
            return;
        }
        compare(Kind.BYTES, bytesOf(wanted), bytesOf(found));
        compare(Kind.HEADERS, wanted.headers(), found.headers());
        compare(Kind.METADATA, wanted.metadata(), policy.metadataOf(found));
        compare(Kind.TAGS, wanted.tags(), found.tags());
        compare(Kind.ENCRYPTION, policy.encryptionOf(wanted), found.encryption());
        compare(Kind.STORAGE_CLASS, policy.storageClassOf(wanted), found.storageClass());
    }

    private void reportUnpaired() {
        for (int i = 0; i < pairOfSource.length; i++) {
            if (pairOfSource[i] == UNPAIRED && required(source.get(i))) {
                add(Kind.MISSING, describe(source.get(i)), "no such version");
            }
        }
        for (int j = 0; j < paired.length; j++) {
            if (!paired[j] && !repeated(replica.get(j))) {
                add(Kind.EXTRA, "no such version", describe(replica.get(j)));
            }
        }
    }

    /** A marker that comes late is not put above what is newer; the last one is compared as what is on top. */
    private boolean required(ReadVersion wanted) {
        return switch (policy.history()) {
            case EXACT -> true;
            case EVENTUAL -> !wanted.marker();
        };
    }

    private boolean repeated(ReadVersion extra) {
        return switch (policy.history()) {
            case EXACT -> false;
            case EVENTUAL -> source.stream().anyMatch(wanted -> sameContent(wanted, extra));
        };
    }

    private void compare(Kind kind, Object expected, Object found) {
        if (!Objects.equals(expected, found)) {
            add(kind, expected.toString(), found.toString());
        }
    }

    private void add(Kind kind, String expected, String found) {
        differences.add(new Difference(key, kind, expected, found));
    }

    private static String describe(List<ReadVersion> versions) {
        return versions.stream().map(StackComparison::describe).toList().toString();
    }

    private static String describe(ReadVersion version) {
        return version.marker() ? "marker " + version.versionId() : bytesOf(version) + " as " + version.versionId();
    }

    private static String bytesOf(ReadVersion version) {
        return version.sizeBytes() + " bytes " + version.sha256().substring(0, 12);
    }
}
