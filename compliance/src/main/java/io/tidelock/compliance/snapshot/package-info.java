/** What was exported of a bucket, its account and its role at one instant, and how certain each document is. Pure. */
@NullMarked
package io.tidelock.compliance.snapshot;

import org.jspecify.annotations.NullMarked;
