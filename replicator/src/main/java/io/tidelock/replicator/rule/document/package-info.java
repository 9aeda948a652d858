/** S3's ReplicationConfiguration as JSON and XML: text in, rules or every problem out. Nothing is read but the text. */
@NullMarked
package io.tidelock.replicator.rule.document;

import org.jspecify.annotations.NullMarked;
