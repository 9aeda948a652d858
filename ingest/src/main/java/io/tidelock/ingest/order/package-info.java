/** Order: what may be committed while work ends out of order, when to stop reading, one key at a time. Pure. */
@NullMarked
package io.tidelock.ingest.order;

import org.jspecify.annotations.NullMarked;
