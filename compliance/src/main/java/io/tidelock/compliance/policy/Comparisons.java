package io.tidelock.compliance.policy;

import io.tidelock.compliance.policy.ConditionOperator.Comparison;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.IntPredicate;

/** One value of a request against one value of a policy. */
final class Comparisons {
    private Comparisons() {}

    static Truth match(Comparison comparison, String actual, String wanted) {
        return switch (comparison) {
            case STRING_EQUALS, BINARY_EQUALS -> Truth.of(actual.equals(wanted));
            case STRING_EQUALS_IGNORE_CASE -> Truth.of(actual.equalsIgnoreCase(wanted));
            case STRING_LIKE -> Truth.of(new Glob(wanted).matches(actual));
            case NUMERIC_EQUALS -> number(actual, wanted, order -> order == 0);
            case NUMERIC_LESS_THAN -> number(actual, wanted, order -> order < 0);
            case NUMERIC_LESS_THAN_EQUALS -> number(actual, wanted, order -> order <= 0);
            case NUMERIC_GREATER_THAN -> number(actual, wanted, order -> order > 0);
            case NUMERIC_GREATER_THAN_EQUALS -> number(actual, wanted, order -> order >= 0);
            case DATE_EQUALS -> date(actual, wanted, order -> order == 0);
            case DATE_LESS_THAN -> date(actual, wanted, order -> order < 0);
            case DATE_LESS_THAN_EQUALS -> date(actual, wanted, order -> order <= 0);
            case DATE_GREATER_THAN -> date(actual, wanted, order -> order > 0);
            case DATE_GREATER_THAN_EQUALS -> date(actual, wanted, order -> order >= 0);
            case BOOL -> Truth.of(actual.equalsIgnoreCase(wanted));
            case IP_ADDRESS -> address(actual, wanted);
            case ARN_EQUALS, ARN_LIKE -> Truth.of(Arn.matches(wanted, actual));
            case NULL -> Truth.UNKNOWN;
        };
    }

    private static Truth number(String actual, String wanted, IntPredicate holds) {
        Optional<BigDecimal> left = Numbers.parse(actual);
        Optional<BigDecimal> right = Numbers.parse(wanted);
        if (left.isEmpty() || right.isEmpty()) {
            return Truth.UNKNOWN;
        }
        return Truth.of(holds.test(left.get().compareTo(right.get())));
    }

    private static Truth date(String actual, String wanted, IntPredicate holds) {
        Optional<Instant> left = instant(actual);
        Optional<Instant> right = instant(wanted);
        if (left.isEmpty() || right.isEmpty()) {
            return Truth.UNKNOWN;
        }
        return Truth.of(holds.test(left.get().compareTo(right.get())));
    }

    /** A date of ISO 8601, with or without a time, or seconds since 1970. */
    static Optional<Instant> instant(String text) {
        try {
            Optional<BigDecimal> seconds = Numbers.parse(text);
            if (seconds.isPresent()) {
                return Optional.of(Instant.ofEpochSecond(seconds.get().longValue()));
            }
            if (text.indexOf('T') < 0) {
                return Optional.of(
                        LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant());
            }
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Truth address(String actual, String wanted) {
        Optional<Cidr> one = Cidr.parse(actual);
        Optional<Cidr> block = Cidr.parse(wanted);
        if (one.isEmpty() || block.isEmpty()) {
            return Truth.UNKNOWN;
        }
        return Truth.of(block.get().contains(one.get()));
    }
}
