package io.tidelock.deploy.command;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A moment: as such, or as how long ago it was. */
final class SinceConverter implements ITypeConverter<Instant> {
    private static final Pattern AGO = Pattern.compile("([0-9]{1,9})([smhd])");
    private static final Map<String, Long> SECONDS = Map.of("s", 1L, "m", 60L, "h", 3_600L, "d", 86_400L);

    @Override
    public Instant convert(String text) {
        var ago = AGO.matcher(text);
        if (ago.matches()) {
            return Instant.now()
                    .minus(Duration.ofSeconds(
                            Math.multiplyExact(Long.parseLong(ago.group(1)), SECONDS.getOrDefault(ago.group(2), 1L))));
        }
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new TypeConversionException("must be a moment like 2026-03-04T05:06:07Z, or how long ago it was, like"
                    + " 30m, 12h or 7d; was \"" + text + "\"");
        }
    }
}
