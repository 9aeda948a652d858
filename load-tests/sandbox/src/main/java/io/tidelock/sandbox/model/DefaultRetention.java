package io.tidelock.sandbox.model;

import java.time.Instant;
import java.time.ZoneOffset;

/**
 * The retention of versions whose writer asks for none, from the moment they are made (API: DefaultRetention).
 *
 * @param mode how strictly
 * @param period how many days or years, at least 1
 * @param unit which of the two
 */
public record DefaultRetention(Retention.Mode mode, int period, Unit unit) {
    /** What a period is counted in; a document names one of them. */
    public enum Unit {
        DAYS,
        YEARS
    }

    public DefaultRetention {
        if (period < 1) {
            throw new IllegalArgumentException("defaultRetention.period must be at least 1, was " + period);
        }
    }

    Retention from(Instant created) {
        var start = created.atOffset(ZoneOffset.UTC);
        var end = switch (unit) {
            case DAYS -> start.plusDays(period);
            case YEARS -> start.plusYears(period);
        };
        return new Retention(mode, end.toInstant());
    }
}
