/** The quickstart: the sandbox, the service and real traffic on one command, and an independent check at the end. */
@org.jspecify.annotations.NullMarked
package io.tidelock.scenarios.quickstart;
