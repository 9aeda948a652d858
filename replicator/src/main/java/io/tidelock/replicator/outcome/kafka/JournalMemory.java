package io.tidelock.replicator.outcome.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidelock.domain.BucketEvent.ObjectCreated;
import io.tidelock.domain.ObjectKey;
import io.tidelock.domain.VersionId;
import io.tidelock.replicator.outcome.FailureReason;
import io.tidelock.replicator.outcome.Journal.Entry;
import io.tidelock.replicator.outcome.Outcome;
import io.tidelock.replicator.outcome.SkipReason;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What outcomes told of versions, in bounded memory. That a version was there is never forgotten, as it would be brought back
 * then; that one failed is, beyond a bound, and costs one more try. Not thread-safe.
 */
final class JournalMemory {
    /** 16 MiB, which is full after about 4.8 million versions. */
    static final int BITS = 1 << 27;

    /** About 10 MB; beyond it those that failed longest ago are forgotten. */
    static final int FAILURES_MAX = 100_000;

    private final int failuresMax;
    private final SeenVersions there;
    private final Set<Long> failures = new LinkedHashSet<>();

    JournalMemory(int bits, int failuresMax) {
        this.there = new SeenVersions(bits);
        this.failuresMax = failuresMax;
    }

    void add(Outcome outcome) {
        var told = outcome.operation().event().occurrence().versionId();
        switch (outcome) {
            case Outcome.Replicated done -> wasThere(outcome, done.source());
            case Outcome.DeleteMarkerPropagated done -> wasThere(outcome, done.source());
            case Outcome.MetadataSynced done -> wasThere(outcome, done.source());
            case Outcome.Skipped skipped -> {
                if (skipped.reason() == SkipReason.ALREADY_REPLICATED) {
                    wasThere(outcome, told);
                } else if (skipped.reason() == SkipReason.FAILED_BEFORE) {
                    failed(outcome, told);
                }
            }
            case Outcome.Failed failed -> {
                if (failed.reason() == FailureReason.DstObjectHardDeleted) {
                    wasThere(outcome, told); // its own outcome may be older than what is kept
                }
                if (failed.reason() != FailureReason.SrcBucketReplicationConfigMissing) {
                    failed(outcome, told); // but for what is over as soon as there is a rule to sweep for
                }
            }
        }
    }

    private void wasThere(Outcome outcome, @Nullable VersionId version) {
        digest(outcome, version).ifPresent(digest -> {
            there.add(digest);
            failures.remove(print(digest));
        });
    }

    private void failed(Outcome outcome, @Nullable VersionId version) {
        digest(outcome, version).ifPresent(digest -> {
            var print = print(digest);
            failures.remove(print);
            failures.add(print);
            if (failures.size() > failuresMax) {
                failures.remove(failures.iterator().next());
            }
        });
    }

    Entry of(ObjectKey source, VersionId version, @Nullable String eTag, ObjectKey replica) {
        var digest = digest(source, version, eTag, replica);
        var failed = failures.contains(print(digest));
        if (!there.contains(digest)) {
            return failed ? Entry.FAILED : Entry.NOTHING;
        }
        if (there.isFull()) {
            return Entry.UNCERTAIN;
        }
        return failed ? Entry.WAS_THERE_AND_FAILED : Entry.WAS_THERE;
    }

    private static Long print(byte[] digest) {
        return ByteBuffer.wrap(digest).getLong();
    }

    /**
     * What was done to a null version may have been done to a newer one than the event's. Noting the event's is harmless then: it is not the
     * null version any more, and so is never asked for. Where the event does not tell its ETag nothing is noted.
     */
    private static Optional<byte[]> digest(Outcome outcome, @Nullable VersionId version) {
        var replica = outcome.operation().replica();
        var event = outcome.operation().event();
        var eTag = event instanceof ObjectCreated created ? created.eTag() : null;
        return version == null || replica == null || (version.isNull() && eTag == null)
                ? Optional.empty()
                : Optional.of(digest(event.object(), version, eTag, replica));
    }

    private static byte[] digest(ObjectKey source, VersionId version, @Nullable String eTag, ObjectKey replica) {
        var named = version.isNull() ? version.value() + "\n" + eTag : version.value();
        var text = source.recordKey() + "\n" + named + "\n" + replica.recordKey();
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
