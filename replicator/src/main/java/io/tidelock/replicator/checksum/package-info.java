/** The hashes that S3 keeps of objects (user guide: Checking object integrity), as bytes go by. */
@NullMarked
package io.tidelock.replicator.checksum;

import org.jspecify.annotations.NullMarked;
