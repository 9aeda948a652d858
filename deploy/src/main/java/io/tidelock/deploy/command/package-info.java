/** The command line: one small class a subcommand. */
@NullMarked
package io.tidelock.deploy.command;

import org.jspecify.annotations.NullMarked;
