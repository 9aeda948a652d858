package io.tidelock.replicator.execute;

import io.tidelock.domain.Encryption;
import io.tidelock.domain.ObjectHead;
import io.tidelock.replicator.store.Capabilities;
import io.tidelock.replicator.store.Written;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether what the destination says it wrote is what it was given, as far as its answer tells. */
final class ReplicaVerifier {
    private ReplicaVerifier() {}

    /** The difference between two MD5s of a version that was written in one request, in a few words, or empty. */
    static Optional<String> eTag(ObjectHead source, Written written) {
        return CheckedBody.isMd5(source)
                        && CheckedBody.isMd5(written.eTag(), written.encryption())
                        && !source.eTag().equals(written.eTag())
                ? Optional.of("the source's ETag is " + source.eTag() + ", the replica's " + written.eTag())
                : Optional.empty();
    }

    /** What stands at the destination, where the answer to the write does not tell enough. */
    static Optional<String> atRest(ObjectHead source, Encryption asked, Capabilities store, ObjectHead replica) {
        return source.sizeBytes() != replica.sizeBytes()
                ? Optional.of("the source has " + source.sizeBytes() + " bytes, the replica " + replica.sizeBytes())
                : isEncrypted(asked, store, replica.encryption())
                        ? Optional.empty()
                        : Optional.of("asked for " + asked + ", the store answered " + replica.encryption());
    }

    /** Whether a replica is encrypted as it was asked for; without a wish its bucket decides (rule 25). */
    static boolean isEncrypted(Encryption asked, Capabilities store, Encryption got) {
        return switch (asked) {
            case Encryption.SseKms wanted -> got instanceof Encryption.SseKms given && isKey(wanted, given);
            case Encryption.SseS3() -> !(got instanceof Encryption.None) || !store.sseS3();
            case Encryption.None(), Encryption.SseC _ -> true;
        };
    }

    private static boolean isKey(Encryption.SseKms wanted, Encryption.SseKms given) {
        return wanted.dualLayer() == given.dualLayer() && isSame(wanted.keyArn(), given);
    }

    /** An alias names another key to every reader, so it cannot be compared. */
    private static boolean isSame(@Nullable String key, Encryption.SseKms given) {
        return key == null
                || given.keyArn() == null
                || key.contains("alias/")
                || given.keyArn().endsWith(key);
    }
}
