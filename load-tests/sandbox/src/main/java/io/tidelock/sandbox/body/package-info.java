/** Where the bytes of versions and parts lie: small ones on the heap, larger ones in temporary files, each once however many versions share them. */
@NullMarked
package io.tidelock.sandbox.body;

import org.jspecify.annotations.NullMarked;
