package io.tidelock.sandbox.model;

import java.util.Optional;

/**
 * What the beginning of an upload settles for the object to come (API: CreateMultipartUpload).
 *
 * @param attributes what the writer says about the object
 * @param acl the ACL that was named
 * @param checksum the algorithm of all parts
 * @param composite whether the object's checksum will be one of the parts' checksums
 */
public record UploadPlan(
        ObjectAttributes attributes, Optional<NamedAcl> acl, Optional<ChecksumAlgorithm> checksum, boolean composite) {}
