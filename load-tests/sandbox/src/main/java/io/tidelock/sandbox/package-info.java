/** A world on one machine for the quickstart and for tests: S3 regions with accounts and keys, and a Kafka broker. Never part of the product. */
@NullMarked
package io.tidelock.sandbox;

import org.jspecify.annotations.NullMarked;
