package io.tidelock.domain;

import org.jspecify.annotations.Nullable;

/** The system metadata that a writer chooses and a replica keeps; null where it was not set. */
public record ContentHeaders(
        @Nullable String contentType,
        @Nullable String contentEncoding,
        @Nullable String contentDisposition,
        @Nullable String contentLanguage,
        @Nullable String cacheControl,
        @Nullable String expires,
        @Nullable String websiteRedirectLocation) {
    /** Nothing set. */
    public static final ContentHeaders NONE = new ContentHeaders(null, null, null, null, null, null, null);
}
