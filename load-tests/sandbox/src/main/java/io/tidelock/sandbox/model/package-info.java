/** The pure model of S3: accounts, keys, buckets, versions. No I/O, no clock, no chance: time and a seed are passed in. */
@NullMarked
package io.tidelock.sandbox.model;

import org.jspecify.annotations.NullMarked;
