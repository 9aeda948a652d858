package io.tidelock.sandbox.http;

import io.tidelock.sandbox.body.Body;
import io.tidelock.sandbox.model.Checksum;
import java.util.Optional;

/**
 * A request's body once all of it has come and was found whole.
 *
 * @param body the bytes, held once
 * @param md5 their MD5 in hexadecimal
 * @param checksum the checksum that was asked for
 */
record Received(Body body, String md5, Optional<Checksum> checksum) {}
