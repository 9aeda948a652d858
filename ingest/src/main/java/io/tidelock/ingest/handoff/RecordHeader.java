package io.tidelock.ingest.handoff;

import org.jspecify.annotations.Nullable;

/** One header of a record; names may repeat. */
@SuppressWarnings("ArrayRecordComponent") // the bytes of a header are what it is; nobody compares headers
public record RecordHeader(String name, byte @Nullable [] value) {}
