package io.tidelock.sandbox.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects one page of versions; not safe for threads. */
final class VersionPage {
    private final int max;
    private final List<VersionListing.Row> rows = new ArrayList<>();
    private final List<String> groups = new ArrayList<>();
    private Optional<VersionListing.Marker> last = Optional.empty();

    VersionPage(int max) {
        this.max = max;
    }

    /** Adds a common prefix; false when the page was full before. */
    boolean add(String group) {
        if (full()) {
            return false;
        }
        groups.add(group);
        last = Optional.of(new VersionListing.Marker(group, Optional.empty()));
        return true;
    }

    /** Adds the versions of a key, those after {@code after} where it is given; false when not all found room. */
    boolean add(VersionChain chain, Optional<String> after) {
        var versions = chain.newestFirst();
        var from = 0;
        if (after.isPresent()) {
            var index = indexOf(versions, after.get());
            from = index < 0 ? versions.size() : index + 1;
        }
        for (var i = from; i < versions.size(); i++) {
            if (full()) {
                return false;
            }
            var version = versions.get(i);
            rows.add(new VersionListing.Row(version, i == 0));
            last = Optional.of(new VersionListing.Marker(version.key(), Optional.of(version.versionId())));
        }
        return true;
    }

    VersionListing.Page end() {
        return new VersionListing.Page(rows, groups, Optional.empty());
    }

    VersionListing.Page more() {
        return new VersionListing.Page(rows, groups, last);
    }

    private boolean full() {
        return rows.size() + groups.size() >= max;
    }

    private static int indexOf(List<Version> versions, String versionId) {
        for (var i = 0; i < versions.size(); i++) {
            if (versions.get(i).versionId().equals(versionId)) {
                return i;
            }
        }
        return -1;
    }
}
