package io.tidelock.sandbox.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** The versions and markers of one key in the order they were written; not safe for threads. */
final class VersionChain {
    private final List<Version> oldestFirst = new ArrayList<>(1);

    Optional<Version> current() {
        return oldestFirst.isEmpty() ? Optional.empty() : Optional.of(oldestFirst.getLast());
    }

    /** The object that a plain GET sees: none under a delete marker. */
    Optional<StoredVersion> currentObject() {
        return !oldestFirst.isEmpty() && oldestFirst.getLast() instanceof StoredVersion stored
                ? Optional.of(stored)
                : Optional.empty();
    }

    Optional<Version> find(String versionId) {
        var index = indexOf(versionId);
        return index < 0 ? Optional.empty() : Optional.of(oldestFirst.get(index));
    }

    void append(Version version) {
        oldestFirst.add(version);
    }

    Optional<Version> remove(String versionId) {
        var index = indexOf(versionId);
        return index < 0 ? Optional.empty() : Optional.of(oldestFirst.remove(index));
    }

    /** Puts a version in the place of the one with its id. */
    void replace(Version version) {
        oldestFirst.set(indexOf(version.versionId()), version);
    }

    void swap(String left, String right) {
        Collections.swap(oldestFirst, indexOf(left), indexOf(right));
    }

    boolean isEmpty() {
        return oldestFirst.isEmpty();
    }

    List<Version> newestFirst() {
        return List.copyOf(oldestFirst.reversed());
    }

    private int indexOf(String versionId) {
        for (var i = oldestFirst.size() - 1; i >= 0; i--) {
            if (oldestFirst.get(i).versionId().equals(versionId)) {
                return i;
            }
        }
        return -1;
    }
}
