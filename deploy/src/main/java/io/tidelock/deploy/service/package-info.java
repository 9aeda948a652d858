/** The running service: what is wired to what, how it starts, how it stops. */
@NullMarked
package io.tidelock.deploy.service;

import org.jspecify.annotations.NullMarked;
