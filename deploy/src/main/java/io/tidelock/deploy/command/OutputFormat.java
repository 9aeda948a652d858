package io.tidelock.deploy.command;

import java.util.Locale;

/** How results are printed: for people or for machines. */
enum OutputFormat {
    TABLE,
    JSON;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
