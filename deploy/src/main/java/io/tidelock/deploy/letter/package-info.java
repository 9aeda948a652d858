/** What waits for a person or for its destination: dead letters, how they are redriven, and parked work. */
@NullMarked
package io.tidelock.deploy.letter;

import org.jspecify.annotations.NullMarked;
