/** Tidelock between two regions of Ceph, whose own notifications reach Kafka through a relay. */
@org.jspecify.annotations.NullMarked
package io.tidelock.scenarios.ceph;
