package io.tidelock.replicator.plan;

import io.tidelock.domain.VersionId;
import io.tidelock.domain.VersionStack;
import io.tidelock.replicator.outcome.Journal;
import io.tidelock.replicator.store.BucketFacts;
import io.tidelock.replicator.store.HeadAnswer;
import io.tidelock.replicator.store.ObjectAcl;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A fact that the planner lacks. All are about one source key and its one replica key.
 *
 * @param <A> what the answer is
 */
public sealed interface Question<A> {
    /** What the destination bucket is; the answer may be some minutes old. */
    record DestinationBucket() implements Question<BucketFacts> {}

    /** What the source bucket is; the answer may be some minutes old. */
    record SourceBucket() implements Question<BucketFacts> {}

    /** What a plain GET of the replica key sees. */
    record DestinationHead() implements Question<HeadAnswer> {}

    /** What stands under that version id at the source. */
    record SourceHead(VersionId version) implements Question<SourceAnswer> {}

    /** The same, where its bytes will not be wanted. */
    record SourceMetadata(VersionId version) implements Question<SourceAnswer> {}

    /** The tags of a source version that is there. */
    record SourceTags(VersionId version) implements Question<Map<String, String>> {}

    /** Who may do what with a source version that is there. */
    record SourceAcl(VersionId version) implements Question<ObjectAcl> {}

    /** All that the source key holds. */
    record SourceStack() implements Question<VersionStack> {}

    /** All that the replica key holds. */
    record DestinationStack() implements Question<VersionStack> {}

    /** One version of the replica key. */
    record ReplicaHead(VersionId version) implements Question<HeadAnswer> {}

    /** The tags of one version of the replica key. */
    record ReplicaTags(VersionId version) implements Question<Map<String, String>> {}

    /** Who may do what with one version of the replica key. */
    record ReplicaAcl(VersionId version) implements Question<ObjectAcl> {}

    /**
     * What outcomes tell of a source version and its replica.
     *
     * @param eTag of a null version, which its id alone does not name (rule 20), and null for any other
     */
    record Journalled(VersionId version, @Nullable String eTag) implements Question<Journal.Entry> {}

    /** What time it is: a retention that has ended is none. */
    record Now() implements Question<Instant> {}
}
