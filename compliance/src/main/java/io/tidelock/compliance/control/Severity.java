package io.tidelock.compliance.control;

/** How bad a violation is, worst first. */
public enum Severity {
    CRITICAL,
    HIGH,
    MEDIUM,
    LOW
}
