package io.tidelock.scenarios.chaos;

import io.tidelock.sandbox.kafka.BrokerDisk;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What can go wrong in a chaos run; the first eight strike processes, servers and connections to Kafka, the rest requests. */
enum FaultKind {
    /** An instance is killed and comes back. */
    INSTANCE_KILLED,
    /** An instance is told to stop and comes back, so that partitions move twice. */
    INSTANCE_STOPPED,
    /** One more instance joins for a while, so that partitions move to it and back. */
    INSTANCE_JOINS,
    /** One instance is cut off from the broker, which goes on with the others. */
    CLIENTS_CUT_OFF,
    /** The broker is cut off without a clean shutdown and comes back. */
    BROKER_KILLED,
    /** The broker stops cleanly and comes back. */
    BROKER_RESTARTED,
    /** The broker's disk is full, so that it ends by itself, and comes back once there is room; takes root, see {@link #impossible}. */
    BROKER_DISK_FULL,
    /** The destination's region serves nobody; open connections end. */
    REGION_DOWN,
    /** The source answers no reads. */
    SOURCE_FAILS,
    /** The destination's region answers 500. */
    SERVER_ERRORS,
    /** The destination's region answers 503 SlowDown. */
    SLOW_DOWN,
    /** Keys of the destination are throttled. */
    KMS_THROTTLED,
    /** Requests wait before anything happens. */
    LATENCY,
    /** What was done is told late. */
    LATE_ANSWERS,
    /** Connections are reset before the request is read. */
    RESET_BEFORE,
    /** Connections are reset after the request took effect. */
    RESET_AFTER,
    /** 500 after the request took effect. */
    ERROR_AFTER_EFFECT,
    /** 200 with an error in its body, without effect. */
    ERROR_IN_SUCCESS,
    /** Connections are reset in the middle of an upload. */
    UPLOAD_CUT,
    /** Bodies of the source end early. */
    TRUNCATED,
    /** A byte of a body of the source is another. */
    CORRUPTED_READ,
    /** A byte of an uploaded body is another. */
    CORRUPTED_WRITE,
    /** Nobody may write to the destination: for Tidelock that is permanent, until a person redrives what failed. */
    DENIED;

    /** Why it cannot happen on this machine; empty where it can. */
    Optional<String> impossible() {
        return this == BROKER_DISK_FULL ? BrokerDisk.obstacle() : Optional.empty();
    }

    /** Those that can happen on this machine. */
    static List<FaultKind> possible() {
        return Stream.of(values()).filter(kind -> kind.impossible().isEmpty()).toList();
    }
}
