package io.tidelock.sandbox.model;

import java.util.List;
import java.util.Optional;

/** What ListObjectVersions asks and gets (API: ListObjectVersions). */
public final class VersionListing {
    private VersionListing() {}

    /**
     * A page that is wanted.
     *
     * @param prefix what keys begin with
     * @param delimiter rolls keys up into common prefixes, empty for none
     * @param keyMarker list what comes after this key, empty for all
     * @param versionIdMarker within that key, list what comes after this version
     * @param max how many entries at most
     */
    public record Query(String prefix, String delimiter, String keyMarker, Optional<String> versionIdMarker, int max) {}

    /**
     * A version in a page.
     *
     * @param version the version or marker
     * @param latest whether it is the newest of its key
     */
    public record Row(Version version, boolean latest) {}

    /**
     * Where the next page begins.
     *
     * @param key the last key or common prefix of this page
     * @param versionId the last version; empty after a common prefix
     */
    public record Marker(String key, Optional<String> versionId) {}

    /**
     * A page.
     *
     * @param rows versions and markers by key, then newest first
     * @param commonPrefixes in order
     * @param next where the next page begins, when more follow
     */
    public record Page(List<Row> rows, List<String> commonPrefixes, Optional<Marker> next) {}
}
