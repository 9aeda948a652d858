/** The configuration file: YAML, its schema, its problems, and the records that it becomes. */
@NullMarked
package io.tidelock.deploy.config;

import org.jspecify.annotations.NullMarked;
