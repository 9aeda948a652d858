package io.tidelock.sandbox.model;

import io.tidelock.sandbox.body.Body;
import java.util.Optional;

/**
 * A part about to be stored.
 *
 * @param number from 1 to 10,000
 * @param body its bytes
 * @param md5 their MD5 in hexadecimal
 * @param checksum their checksum
 */
public record NewPart(int number, Body body, String md5, Optional<Checksum> checksum) {}
