package io.tidelock.deploy.log;

import io.tidelock.replicator.outcome.FailureReason;
import io.tidelock.replicator.outcome.Operation;
import io.tidelock.replicator.outcome.Outcome;
import io.tidelock.replicator.outcome.Outcome.DeleteMarkerPropagated;
import io.tidelock.replicator.outcome.Outcome.Failed;
import io.tidelock.replicator.outcome.Outcome.MetadataSynced;
import io.tidelock.replicator.outcome.Outcome.Replicated;
import io.tidelock.replicator.outcome.Outcome.Skipped;
import io.tidelock.replicator.outcome.OutcomeObserver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** Logs each failed operation once, with its remedy; all else at debug level. */
public final class OutcomeLog implements OutcomeObserver {
    private static final Logger LOG = LoggerFactory.getLogger("io.tidelock.outcomes");

    @Override
    public void retried(Operation operation, FailureReason reason) {
        about(LOG.atDebug(), operation).addKeyValue("reason", reason).log("Trying again");
    }

    @Override
    public void ended(Outcome outcome) {
        switch (outcome) {
            case Failed failed ->
                about(LOG.atWarn(), failed.operation())
                        .addKeyValue("reason", failed.reason())
                        .addKeyValue("detail", failed.detail())
                        .addKeyValue("attempts", failed.attempts())
                        .addKeyValue("remedy", failed.reason().remedy())
                        .log("Replication failed");
            case Skipped skipped ->
                about(LOG.atDebug(), skipped.operation())
                        .addKeyValue("reason", skipped.reason())
                        .log("Nothing to replicate");
            case Replicated replicated ->
                about(LOG.atDebug(), replicated.operation())
                        .addKeyValue("replicaVersionId", replicated.replica())
                        .addKeyValue("bytes", replicated.bytes())
                        .log("Version replicated");
            case DeleteMarkerPropagated propagated ->
                about(LOG.atDebug(), propagated.operation())
                        .addKeyValue("replicaVersionId", propagated.replica())
                        .log("Delete marker propagated");
            case MetadataSynced synced ->
                about(LOG.atDebug(), synced.operation())
                        .addKeyValue("replicaVersionId", synced.replica())
                        .log("Metadata brought up to date");
        }
    }

    private static LoggingEventBuilder about(LoggingEventBuilder line, Operation operation) {
        var event = operation.event().occurrence();
        return line.addKeyValue("store", event.object().bucket().store())
                .addKeyValue("bucket", event.object().bucket().name())
                .addKeyValue("key", event.object().key())
                .addKeyValue("versionId", event.versionId())
                .addKeyValue("ruleId", operation.id().ruleId())
                .addKeyValue("position", operation.id().position());
    }
}
