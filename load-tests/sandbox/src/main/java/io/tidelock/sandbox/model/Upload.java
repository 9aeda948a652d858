package io.tidelock.sandbox.model;

import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** An upload in parts that is under way; not safe for threads, the bucket guards it. */
final class Upload {
    final String id;
    final String key;
    final Instant initiated;
    final Actor initiator;
    final UploadPlan plan;
    final NavigableMap<Integer, Part> parts = new TreeMap<>();

    Upload(String id, String key, Instant initiated, Actor initiator, UploadPlan plan) {
        this.id = id;
        this.key = key;
        this.initiated = initiated;
        this.initiator = initiator;
        this.plan = plan;
    }

    UploadView view() {
        return new UploadView(id, key, initiated, initiator, plan, List.copyOf(parts.values()));
    }
}
