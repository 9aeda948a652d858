package io.tidelock.sandbox.http;

import io.tidelock.sandbox.auth.Authorizer;
import io.tidelock.sandbox.model.World;
import io.vertx.core.Vertx;

/**
 * What all requests to one region share.
 *
 * @param world what exists
 * @param authorizer judges requests
 * @param vertx runs them
 * @param lostAnswers counts what was done and not told
 */
record RegionServices(World world, Authorizer authorizer, Vertx vertx, LostAnswers lostAnswers) {}
