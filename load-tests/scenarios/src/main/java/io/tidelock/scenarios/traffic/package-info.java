/** Real traffic for a source bucket: a seeded plan of changes, and the writer that makes them through the AWS SDK. */
@org.jspecify.annotations.NullMarked
package io.tidelock.scenarios.traffic;
