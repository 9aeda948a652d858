/** A real Kafka broker inside the JVM, for tests and the quickstart. */
@org.jspecify.annotations.NullMarked
package io.tidelock.sandbox.kafka;
