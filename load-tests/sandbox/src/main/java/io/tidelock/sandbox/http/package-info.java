/** The S3 wire on Vert.x: requests become calls of the model, answers become headers and XML. */
@NullMarked
package io.tidelock.sandbox.http;

import org.jspecify.annotations.NullMarked;
