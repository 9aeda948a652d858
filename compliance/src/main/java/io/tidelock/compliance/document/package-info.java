/** Reads JSON documents that nobody validated: bounded, without duplicate keys, never throwing. */
@NullMarked
package io.tidelock.compliance.document;

import org.jspecify.annotations.NullMarked;
