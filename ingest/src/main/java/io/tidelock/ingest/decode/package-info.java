/** From the bytes of a notification to bucket events, whoever sent it (rules 40 to 49). Pure. */
@NullMarked
package io.tidelock.ingest.decode;

import org.jspecify.annotations.NullMarked;
