/** The HTTP server of the service: health, metrics. */
@NullMarked
package io.tidelock.deploy.http;

import org.jspecify.annotations.NullMarked;
