/** Bucket notifications into Kafka topics. */
@org.jspecify.annotations.NullMarked
package io.tidelock.sandbox.event.kafka;
