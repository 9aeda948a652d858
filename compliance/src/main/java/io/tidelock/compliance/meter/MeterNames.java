package io.tidelock.compliance.meter;

import java.util.List;

/** Every meter of Tidelock: its name as Prometheus shows it, its kind, unit, labels and meaning. */
public enum MeterNames {
    PENDING_OPERATIONS(
            "tidelock_replication_pending_operations",
            Kind.GAUGE,
            "operations",
            "Operations that are planned and not done; S3's OperationsPendingReplication.",
            "rule"),
    PENDING_BYTES(
            "tidelock_replication_pending_bytes",
            Kind.GAUGE,
            "bytes",
            "Bytes that the pending operations will move; S3's BytesPendingReplication.",
            "rule"),
    LAG(
            "tidelock_replication_lag_seconds",
            Kind.GAUGE,
            "seconds",
            "How long ago the oldest pending change happened at the source, delete markers left out; 0 if none is"
                    + " pending, NaN until the replicator owns partitions. S3's ReplicationLatency.",
            "rule"),
    PARKED(
            "tidelock_replication_parked_operations",
            Kind.GAUGE,
            "operations",
            "Pending operations that are set aside because their destination cannot take them now.",
            "rule"),
    BREAKER(
            "tidelock_destination_breaker_state",
            Kind.GAUGE,
            "",
            "What the breaker of a destination lets through: 0 everything, 1 a few probes, 2 nothing.",
            "destination"),
    CONCURRENCY_LIMIT(
            "tidelock_destination_concurrency_limit",
            Kind.GAUGE,
            "operations",
            "How many operations may run at once for a destination: replicator.lanesMax, less after it asked to slow"
                    + " down.",
            "destination"),
    IN_FLIGHT(
            "tidelock_destination_in_flight_operations",
            Kind.GAUGE,
            "operations",
            "How many operations run for a destination now, those that wait for a turn left out.",
            "destination"),
    THROTTLED(
            "tidelock_destination_throttled_total",
            Kind.COUNTER,
            "requests",
            "Tries, and parts of large versions, that a destination told to slow down.",
            "destination"),
    BUDGET_REQUESTS(
            "tidelock_budget_requests_total",
            Kind.COUNTER,
            "requests",
            "Requests that were sent: scope is store, or rule for rules that have a budget; name is the store's or the"
                    + " rule's.",
            "scope",
            "name"),
    BUDGET_BYTES(
            "tidelock_budget_bytes_total",
            Kind.COUNTER,
            "bytes",
            "Bytes of bodies, sent and received for stores, read for rules.",
            "scope",
            "name"),
    BUDGET_WAITED(
            "tidelock_budget_waited_seconds_total",
            Kind.COUNTER,
            "seconds",
            "How long work has waited for the budget, all waits together; 0 where there is none.",
            "scope",
            "name"),
    ACCEPTED(
            "tidelock_replication_accepted_total",
            Kind.COUNTER,
            "operations",
            "Operations that were taken up; equals operations + released + pending, of which some are parked.",
            "rule"),
    OPERATIONS(
            "tidelock_replication_operations_total",
            Kind.COUNTER,
            "operations",
            "Operations that ended: operation is object, delete_marker, tags, acl, retention, legal_hold or removal;"
                    + " result is replicated, skipped or failed (S3's OperationsFailedReplication).",
            "rule",
            "operation",
            "result"),
    RELEASED(
            "tidelock_replication_released_total",
            Kind.COUNTER,
            "operations",
            "Operations that left this instance without an outcome; the partition's next owner takes them up again.",
            "rule"),
    DURATION(
            "tidelock_replication_duration_seconds",
            Kind.HISTOGRAM,
            "seconds",
            "From the change at the source until its replica is visible, for object versions.",
            "rule"),
    COPIED_BYTES(
            "tidelock_replication_copied_bytes_total",
            Kind.COUNTER,
            "bytes",
            "Bytes of object data that became replicas.",
            "rule"),
    SKIPPED(
            "tidelock_replication_skipped_total",
            Kind.COUNTER,
            "operations",
            "Operations that needed nothing, by reason.",
            "rule",
            "reason"),
    RETRIES(
            "tidelock_replication_retries_total",
            Kind.COUNTER,
            "tries",
            "Tries that failed and were repeated, by reason.",
            "rule",
            "reason"),
    FAILURES(
            "tidelock_replication_failures_total",
            Kind.COUNTER,
            "operations",
            "Operations that were given up, by reason.",
            "rule",
            "reason"),
    RESTACKS(
            "tidelock_replication_restacks_total",
            Kind.COUNTER,
            "operations",
            "Versions that arrived late, after which the newest was put back on top.",
            "rule"),
    UNMARKED(
            "tidelock_replication_unmarked_total",
            Kind.COUNTER,
            "operations",
            "Replicas that were written without the origin mark, because their user metadata left no room.",
            "rule"),
    FOREIGN_MARKS(
            "tidelock_replication_foreign_marks_total",
            Kind.COUNTER,
            "operations",
            "Versions that were replicated although they carry an origin mark: forged, of another key or installation, signed with a key that is not configured any more, or a replica that a person copied onto its own key.",
            "rule"),
    SWEEP_FOUND(
            "tidelock_sweep_found_total",
            Kind.COUNTER,
            "operations",
            "What a sweep found missing or different at the destination and brought there: no event had told of it.",
            "rule"),
    RULE_INFO(
            "tidelock_replication_rule_info",
            Kind.GAUGE,
            "",
            "Always 1: which buckets a rule connects.",
            "rule",
            "source_bucket",
            "destination_bucket"),
    BACKLOG_OLDEST(
            "tidelock_backlog_oldest_seconds",
            Kind.GAUGE,
            "seconds",
            "Age of the oldest record that no consumer has finished, from Kafka itself; 0 if there is none.",
            "topic",
            "partition"),
    BACKLOG_RECORDS(
            "tidelock_backlog_records",
            Kind.GAUGE,
            "records",
            "Records that no consumer has finished, from Kafka itself.",
            "topic",
            "partition"),
    DEAD_LETTERS(
            "tidelock_dead_letters_total",
            Kind.COUNTER,
            "records",
            "Records that could not be read and operations that failed, set aside to be redriven, by reason.",
            "reason"),
    INGESTED_EVENTS("tidelock_ingest_events_total", Kind.COUNTER, "events", "Bucket events that were read.", "source"),
    IGNORED_RECORDS(
            "tidelock_ingest_ignored_total",
            Kind.COUNTER,
            "records",
            "Records, or parts of one, that were understood and are no bucket event, by reason.",
            "source",
            "reason"),
    DROPPED_LABELS(
            "tidelock_metrics_dropped_labels_total",
            Kind.COUNTER,
            "observations",
            "Observations of rules beyond the bound on labels; they are counted under rule=\"_other\".");

    private final String id;
    private final Kind kind;
    private final String unit;
    private final String help;
    /** Joined by commas. */
    private final String labels;

    MeterNames(String id, Kind kind, String unit, String help, String... labels) {
        this.id = id;
        this.kind = kind;
        this.unit = unit;
        this.help = help;
        this.labels = String.join(",", labels);
    }

    /** The name that Prometheus shows. */
    public String id() {
        return id;
    }

    public Kind kind() {
        return kind;
    }

    /** What one unit is, such as {@code seconds}; empty for what has none. */
    public String unit() {
        return unit;
    }

    public String help() {
        return help;
    }

    public List<String> labels() {
        return labels.isEmpty() ? List.of() : List.of(labels.split(","));
    }

    /** The kinds of meters. */
    public enum Kind {
        COUNTER,
        GAUGE,
        HISTOGRAM
    }
}
