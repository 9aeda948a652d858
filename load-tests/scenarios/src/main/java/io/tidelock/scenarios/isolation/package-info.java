/** How far a destination that takes nothing slows down those beside it. */
@org.jspecify.annotations.NullMarked
package io.tidelock.scenarios.isolation;
