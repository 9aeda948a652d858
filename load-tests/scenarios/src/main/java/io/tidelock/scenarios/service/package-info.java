/** The service under test as those outside see it: a process with a configuration file, addresses and a log. */
@org.jspecify.annotations.NullMarked
package io.tidelock.scenarios.service;
