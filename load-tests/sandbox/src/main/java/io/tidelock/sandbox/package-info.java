@org.jspecify.annotations.NullMarked
package io.tidelock.sandbox;
