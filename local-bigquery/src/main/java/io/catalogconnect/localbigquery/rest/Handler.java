package io.catalogconnect.localbigquery.rest;

import java.io.IOException;
import java.sql.SQLException;

/** Answers the requests of one route. */
@FunctionalInterface
interface Handler {
    Response handle(Request request, Arguments arguments) throws SQLException, IOException, InterruptedException;
}
