/** Verdicts written down: for machines, for people, for code scanning. Pure; who calls writes the text somewhere. */
@NullMarked
package io.tidelock.compliance.report;

import org.jspecify.annotations.NullMarked;
