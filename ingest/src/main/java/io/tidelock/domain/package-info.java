/** The words that every room shares: buckets, keys, versions, events. Pure facts; nothing here performs I/O. */
@NullMarked
package io.tidelock.domain;

import org.jspecify.annotations.NullMarked;
