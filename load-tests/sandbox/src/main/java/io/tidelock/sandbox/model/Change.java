package io.tidelock.sandbox.model;

import java.time.Instant;
import java.util.Optional;

/**
 * One change of one key, with everything that an event about it needs (UG: Event message structure).
 *
 * @param name what happened
 * @param region the bucket's region
 * @param bucket the bucket
 * @param bucketOwner the account that owns the bucket
 * @param key the object key as it is, not encoded
 * @param size bytes of the object, 0 for removals
 * @param eTag the ETag without quotes, empty for removals and markers
 * @param versionId the version or marker id; empty in a bucket that never was versioned and for null versions
 * @param sequencer hexadecimal, increasing within the key; empty for tag and ACL changes
 * @param actor who did it
 * @param at when
 * @param lifecycle whether S3 itself did it by a lifecycle rule
 */
public record Change(
        EventName name,
        String region,
        String bucket,
        Account bucketOwner,
        String key,
        long size,
        Optional<String> eTag,
        Optional<String> versionId,
        Optional<String> sequencer,
        Actor actor,
        Instant at,
        boolean lifecycle) {}
