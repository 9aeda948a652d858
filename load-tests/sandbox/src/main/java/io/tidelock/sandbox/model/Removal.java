package io.tidelock.sandbox.model;

import java.util.Optional;

/**
 * What a delete did (API: DeleteObject).
 *
 * @param versionId the version that was removed or the marker that was made; empty in a bucket without versioning
 * @param deleteMarker whether that is a delete marker
 */
public record Removal(Optional<String> versionId, boolean deleteMarker) {}
