@org.jspecify.annotations.NullMarked
package io.tidelock.compliance;
