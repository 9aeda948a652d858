@org.jspecify.annotations.NullMarked
package io.tidelock.deploy;
