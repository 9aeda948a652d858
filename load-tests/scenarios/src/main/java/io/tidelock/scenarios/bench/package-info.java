/** Speed beside a peer: the service and rclone between the same two endpoints in the same run. */
@org.jspecify.annotations.NullMarked
package io.tidelock.scenarios.bench;
