package io.tidelock.sandbox.model;

import java.util.Optional;

/**
 * What must hold of the current version for a write to take place (UG: How to prevent object overwrites with conditional writes).
 *
 * @param ifMatch the ETag that it must have
 * @param ifNoneMatch whether there must be none
 */
public record WriteCondition(Optional<String> ifMatch, boolean ifNoneMatch) {
    public static final WriteCondition NONE = new WriteCondition(Optional.empty(), false);

    void check(Optional<StoredVersion> current) {
        if (ifNoneMatch && current.isPresent()) {
            throw new Refusal(ErrorCode.PRECONDITION_FAILED).with("Condition", "If-None-Match");
        }
        if (ifMatch.isPresent()) {
            var eTag = current.orElseThrow(() -> new Refusal(ErrorCode.NO_SUCH_KEY))
                    .eTag();
            if (!eTag.equals(ifMatch.get())) {
                throw new Refusal(ErrorCode.PRECONDITION_FAILED).with("Condition", "If-Match");
            }
        }
    }
}
