/** Proofs that the sandbox behaves like a store: foreign clients against it, and one contract on it and on another server. */
@NullMarked
package io.tidelock.sandbox.proof;

import org.jspecify.annotations.NullMarked;
