package io.tidelock.domain;

/**
 * Where a record was read.
 *
 * @param topic the Kafka topic
 * @param partition the partition, from 0
 * @param offset the offset within the partition, from 0
 */
public record StreamPosition(String topic, int partition, long offset) {
    public StreamPosition {
        if (partition < 0 || offset < 0) {
            throw new IllegalArgumentException(
                    "partition and offset must not be negative, were " + partition + " and " + offset);
        }
    }

    @Override
    public String toString() {
        return topic + "-" + partition + "@" + offset;
    }
}
