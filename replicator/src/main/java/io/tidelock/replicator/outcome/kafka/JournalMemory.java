package io.tidelock.replicator.outcome.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidelock.domain.ObjectKey;
import io.tidelock.domain.VersionId;
import io.tidelock.replicator.outcome.FailureReason;
import io.tidelock.replicator.outcome.Journal.Entry;
import io.tidelock.replicator.outcome.Outcome;
import io.tidelock.replicator.outcome.SkipReason;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What outcomes told of versions, by a fingerprint of 8 bytes. Not thread-safe. */
final class JournalMemory {
    /** About 20 MB; beyond it those that were told of longest ago are forgotten. */
    static final int VERSIONS_MAX = 200_000;

    private final int versionsMax;
    private final Map<Long, Entry> entries = new LinkedHashMap<>();

    JournalMemory(int versionsMax) {
        this.versionsMax = versionsMax;
    }

    void add(Outcome outcome) {
        var told = outcome.operation().event().occurrence().versionId();
        switch (outcome) {
            case Outcome.Replicated done -> note(outcome, done.source(), false);
            case Outcome.DeleteMarkerPropagated done -> note(outcome, done.source(), false);
            case Outcome.MetadataSynced done -> note(outcome, done.source(), false);
            case Outcome.Skipped skipped -> {
                if (skipped.reason() == SkipReason.ALREADY_REPLICATED) {
                    note(outcome, told, false);
                }
            }
            case Outcome.Failed failed -> {
                if (failed.reason() == FailureReason.DstObjectHardDeleted) {
                    note(outcome, told, false); // it was there, whatever has been forgotten since
                }
                note(outcome, told, true);
            }
        }
    }

    private void note(Outcome outcome, @Nullable VersionId version, boolean failed) {
        var replica = outcome.operation().replica();
        if (version == null || replica == null) {
            return;
        }
        var print = fingerprint(outcome.operation().event().object(), version, replica);
        var before = entries.remove(print);
        var wasThere = before == Entry.WAS_THERE || before == Entry.WAS_THERE_AND_FAILED;
        entries.put(print, !failed ? Entry.WAS_THERE : wasThere ? Entry.WAS_THERE_AND_FAILED : Entry.FAILED);
        if (entries.size() > versionsMax) {
            entries.remove(entries.keySet().iterator().next());
        }
    }

    Entry of(ObjectKey source, VersionId version, ObjectKey replica) {
        return entries.getOrDefault(fingerprint(source, version, replica), Entry.NOTHING);
    }

    private static Long fingerprint(ObjectKey source, VersionId version, ObjectKey replica) {
        var text = source.recordKey() + "\n" + version.value() + "\n" + replica.recordKey();
        try {
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)))
                    .getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
