package io.tidelock.replicator.store;

/**
 * What a store can do.
 *
 * @param conditionalWrites honours {@code If-Match} and {@code If-None-Match: *} on writes
 * @param tags keeps tags given with a write
 * @param checksums keeps S3's checksums
 * @param keepsAllOfUploads keeps the tags and the lock that an upload in parts is started with
 * @param sseS3 encrypts with SSE-S3 where that is asked for
 * @param compositeETags is known to make the ETag of what was uploaded in parts of the MD5s of these parts, as S3 does; where it is not, an ETag
 *     that looks like one may be something else
 * @param copiesWhole copies within itself what it is asked for, with its encryption and its tags; where it does not, bytes have to go through us
 */
public record Capabilities(
        boolean conditionalWrites,
        boolean tags,
        boolean checksums,
        boolean keepsAllOfUploads,
        boolean sseS3,
        boolean compositeETags,
        boolean copiesWhole) {}
