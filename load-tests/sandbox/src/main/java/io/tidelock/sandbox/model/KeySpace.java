package io.tidelock.sandbox.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** All keys of a bucket in order, each with its versions; not safe for threads. A page costs as much as it holds, not as the bucket holds. */
final class KeySpace {
    private final NavigableMap<String, VersionChain> chains = new TreeMap<>(KeyOrder.UTF8);

    boolean isEmpty() {
        return chains.isEmpty();
    }

    Optional<VersionChain> chain(String key) {
        return Optional.ofNullable(chains.get(key));
    }

    Optional<StoredVersion> currentObject(String key) {
        return chain(key).flatMap(VersionChain::currentObject);
    }

    void append(Version version) {
        chains.computeIfAbsent(version.key(), _ -> new VersionChain()).append(version);
    }

    Optional<Version> remove(String key, String versionId) {
        var chain = chains.get(key);
        if (chain == null) {
            return Optional.empty();
        }
        var removed = chain.remove(versionId);
        if (chain.isEmpty()) {
            chains.remove(key);
        }
        return removed;
    }

    void forEach(Consumer<Version> visit) {
        chains.values().forEach(chain -> chain.newestFirst().forEach(visit));
    }

    ObjectListing.Page objects(ObjectListing.Query query) {
        var objects = new ArrayList<StoredVersion>();
        var groups = new ArrayList<String>();
        Optional<String> last = Optional.empty();
        var at = start(query.prefix(), query.delimiter(), query.after(), false);
        while (at != null && at.getKey().startsWith(query.prefix())) {
            var group = group(at.getKey(), query.prefix(), query.delimiter());
            var shown = group.isPresent()
                    ? anyObject(at, group.get())
                    : at.getValue().currentObject().isPresent();
            if (shown && objects.size() + groups.size() >= query.max()) {
                return new ObjectListing.Page(objects, groups, last);
            }
            if (shown) {
                last = Optional.of(group.orElse(at.getKey()));
                group.ifPresentOrElse(groups::add, currentObject(at, objects));
            }
            at = group.isPresent() ? afterGroup(group.get()) : chains.higherEntry(at.getKey());
        }
        return new ObjectListing.Page(objects, groups, Optional.empty());
    }

    private static Runnable currentObject(Map.Entry<String, VersionChain> at, List<StoredVersion> objects) {
        return () -> at.getValue().currentObject().ifPresent(objects::add);
    }

    VersionListing.Page versions(VersionListing.Query query) {
        var page = new VersionPage(query.max());
        var resumed = query.versionIdMarker().isPresent();
        var at = start(query.prefix(), query.delimiter(), query.keyMarker(), resumed);
        while (at != null && at.getKey().startsWith(query.prefix())) {
            var group = group(at.getKey(), query.prefix(), query.delimiter());
            var after = at.getKey().equals(query.keyMarker()) ? query.versionIdMarker() : Optional.<String>empty();
            var room = group.isPresent() ? page.add(group.get()) : page.add(at.getValue(), after);
            if (!room) {
                return page.more();
            }
            at = group.isPresent() ? afterGroup(group.get()) : chains.higherEntry(at.getKey());
        }
        return page.end();
    }

    /** The first key of a page: after the marker, or after the whole group when the marker is one. */
    private Map.@Nullable Entry<String, VersionChain> start(
            String prefix, String delimiter, String marker, boolean markerIncluded) {
        if (KeyOrder.UTF8.compare(marker, prefix) < 0 || marker.isEmpty()) {
            return chains.ceilingEntry(prefix);
        }
        if (group(marker, prefix, delimiter).filter(marker::equals).isPresent() && !markerIncluded) {
            return afterGroup(marker);
        }
        return markerIncluded ? chains.ceilingEntry(marker) : chains.higherEntry(marker);
    }

    /** The common prefix that a key rolls up into. */
    private static Optional<String> group(String key, String prefix, String delimiter) {
        if (delimiter.isEmpty() || !key.startsWith(prefix)) {
            return Optional.empty();
        }
        var end = key.indexOf(delimiter, prefix.length());
        return end < 0 ? Optional.empty() : Optional.of(key.substring(0, end + delimiter.length()));
    }

    private boolean anyObject(Map.Entry<String, VersionChain> first, String group) {
        for (Map.@Nullable Entry<String, VersionChain> at = first;
                at != null && at.getKey().startsWith(group);
                at = chains.higherEntry(at.getKey())) {
            if (at.getValue().currentObject().isPresent()) {
                return true;
            }
        }
        return false;
    }

    private Map.@Nullable Entry<String, VersionChain> afterGroup(String group) {
        var at = chains.ceilingEntry(group + KeyOrder.LAST_CHARACTER);
        while (at != null && at.getKey().startsWith(group)) {
            at = chains.higherEntry(at.getKey());
        }
        return at;
    }
}
