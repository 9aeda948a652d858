/** A world on one machine: Kafka, regions of S3, accounts, keys and buckets, started and closed as one. */
@org.jspecify.annotations.NullMarked
package io.tidelock.sandbox;
