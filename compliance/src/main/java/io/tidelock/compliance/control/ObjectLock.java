package io.tidelock.compliance.control;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * An ObjectLockConfiguration.
 *
 * @param mode GOVERNANCE, COMPLIANCE, or empty without a default retention
 * @param days the default retention; 0 without one
 */
record ObjectLock(boolean enabled, String mode, long days) {
    private static final int DAYS_A_YEAR = 365;

    static ObjectLock of(JsonNode node) {
        JsonNode retention = node.path("Rule").path("DefaultRetention");
        long years = Math.clamp(retention.path("Years").asLong(0), 0L, 100L);
        return new ObjectLock(
                node.path("ObjectLockEnabled").asText("").equals("Enabled"),
                retention.path("Mode").asText(""),
                Math.max(retention.path("Days").asLong(0), years * DAYS_A_YEAR));
    }

    boolean hasMode(String wanted) {
        return mode.equalsIgnoreCase(wanted);
    }

    @Override
    public String toString() {
        return mode.isEmpty() ? "no default retention" : "default retention " + mode + " " + days + " days";
    }
}
