/**
 * BigQuery's REST API v2 over the JDK's HTTP server: paths, parameters, bodies, error bodies. What a request does is done in the packages {@code job} and
 * {@code store}; what a response looks like is the model classes of Google's own client.
 */
@NullMarked
package io.catalogconnect.localbigquery.rest;

import org.jspecify.annotations.NullMarked;
