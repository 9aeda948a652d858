package io.tidelock.sandbox.auth;

/**
 * A believed request: who asks, and how its body is to be read.
 *
 * @param caller who asks
 * @param payload decodes and checks the body of this one request
 */
public record Authentication(Caller caller, PayloadDecoder payload) {}
