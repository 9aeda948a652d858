package io.tidelock.sandbox.model;

import java.time.Instant;
import java.util.List;

/**
 * An upload in parts as it was at one moment.
 *
 * @param id the upload id
 * @param key the object key
 * @param initiated when it was begun
 * @param initiator who began it
 * @param plan what was settled then
 * @param parts the parts so far, by number
 */
public record UploadView(String id, String key, Instant initiated, Actor initiator, UploadPlan plan, List<Part> parts) {
    public UploadView {
        parts = List.copyOf(parts);
    }
}
