package io.tidelock.replicator.execute;

import io.tidelock.domain.Encryption;
import io.tidelock.domain.ObjectHead;
import io.tidelock.replicator.store.ReplicaWrite;
import io.tidelock.replicator.store.Written;
import java.util.Optional;

/** Whether what the destination says it wrote is what it was given, as far as its answer tells. */
final class ReplicaVerifier {
    private ReplicaVerifier() {}

    /**
     * Compares an answer with what was asked for.
     *
     * @param whole whether it was one request, so that two MD5 ETags must agree
     * @return the difference in a few words, or empty when there is none
     */
    static Optional<String> difference(ObjectHead source, ReplicaWrite write, Written written, boolean whole) {
        if (whole
                && CheckedBody.isMd5(source)
                && CheckedBody.isMd5(written.eTag(), written.encryption())
                && !source.eTag().equals(written.eTag())) {
            return Optional.of("the source's ETag is " + source.eTag() + ", the replica's " + written.eTag());
        }
        return encryption(write.encryption(), written.encryption());
    }

    /** What a copy in parts left at the destination: its ETag tells nothing, its size does. */
    static Optional<String> size(ObjectHead source, ObjectHead replica) {
        return source.sizeBytes() == replica.sizeBytes()
                ? Optional.empty()
                : Optional.of("the source has " + source.sizeBytes() + " bytes, the replica " + replica.sizeBytes());
    }

    private static Optional<String> encryption(Encryption asked, Encryption got) {
        var same = switch (asked) {
            case Encryption.SseKms wanted -> got instanceof Encryption.SseKms given && isKey(wanted, given);
            case Encryption.None(), Encryption.SseS3(), Encryption.SseC _ -> true;
        };
        return same ? Optional.empty() : Optional.of("asked for " + asked + ", the store answered " + got);
    }

    /** An alias names another key to every reader, so it cannot be compared. */
    private static boolean isKey(Encryption.SseKms wanted, Encryption.SseKms given) {
        var key = wanted.keyArn();
        return key == null
                || given.keyArn() == null
                || key.contains("alias/")
                || given.keyArn().endsWith(key);
    }
}
