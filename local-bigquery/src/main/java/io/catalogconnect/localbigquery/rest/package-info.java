/**
 * BigQuery's REST API v2 on the JDK's HTTP server: paths, parameters, bodies and error bodies. The packages {@code job} and {@code store}
 * carry out the requests. The model classes of Google's client define the form of the responses.
 */
@NullMarked
package io.catalogconnect.localbigquery.rest;

import org.jspecify.annotations.NullMarked;
