/** Policy documents as facts, and the rules that judge them: documents in, judgements out, nothing else. */
@NullMarked
package io.tidelock.compliance.policy;

import org.jspecify.annotations.NullMarked;
