package io.tidelock.sandbox.model;

import java.util.Optional;

/**
 * A part as CompleteMultipartUpload names it.
 *
 * @param number from 1 to 10,000
 * @param eTag the ETag without quotes
 * @param checksum the checksum it should have
 */
public record CompletedPart(int number, String eTag, Optional<Checksum> checksum) {}
