package io.tidelock.sandbox.model;

import java.util.List;
import java.util.Optional;

/** What ListObjects asks and gets (API: ListObjectsV2). */
public final class ObjectListing {
    private ObjectListing() {}

    /**
     * A page that is wanted.
     *
     * @param prefix what keys begin with
     * @param delimiter rolls keys up into common prefixes, empty for none
     * @param after list only what comes after this key or common prefix, empty for all
     * @param max how many keys and common prefixes at most
     */
    public record Query(String prefix, String delimiter, String after, int max) {}

    /**
     * A page.
     *
     * @param objects current objects in order of their keys
     * @param commonPrefixes in order
     * @param next the last key or common prefix of this page, when more follow
     */
    public record Page(List<StoredVersion> objects, List<String> commonPrefixes, Optional<String> next) {}
}
