/** Reading JSON that nobody vouches for: within bounds, without surprises, with a reason for every refusal. Pure. */
@NullMarked
package io.tidelock.ingest.json;

import org.jspecify.annotations.NullMarked;
