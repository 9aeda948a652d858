package io.tidelock.deploy.http;

/**
 * One thing that readiness depends on.
 *
 * @param name what is looked at, such as {@code ingest.broker}
 * @param ok whether it is as it should be
 * @param reason how it is, in words; without secrets
 */
public record Condition(String name, boolean ok, String reason) {}
