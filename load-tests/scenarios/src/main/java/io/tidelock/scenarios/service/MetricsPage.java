package io.tidelock.scenarios.service;

import java.util.HashMap;
import java.util.Map;

/** Reads the text of a Prometheus page: series, labels included, to value. */
final class MetricsPage {
    private MetricsPage() {}

    static Map<String, Double> parse(String page) {
        var series = new HashMap<String, Double>();
        page.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).forEach(line -> {
            var end = line.lastIndexOf(' ');
            if (end > 0) {
                series.put(line.substring(0, end), number(line.substring(end + 1)));
            }
        });
        return series;
    }

    private static double number(String text) {
        return switch (text) {
            case "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }
}
