package io.tidelock.sandbox.model;

import io.tidelock.sandbox.body.Body;
import java.util.Optional;

/**
 * An object about to be written in one go.
 *
 * @param name how it comes: Put or Copy
 * @param key the object key
 * @param body its bytes, of which the bucket takes over one hold, whether or not the write is refused
 * @param md5 the MD5 of the bytes in hexadecimal
 * @param attributes what the writer says about it
 * @param checksum the checksum of the bytes
 * @param acl the ACL that was named
 * @param condition what must hold
 */
public record NewObject(
        EventName name,
        String key,
        Body body,
        String md5,
        ObjectAttributes attributes,
        Optional<Checksum> checksum,
        Optional<NamedAcl> acl,
        WriteCondition condition) {}
