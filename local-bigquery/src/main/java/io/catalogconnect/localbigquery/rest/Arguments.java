package io.catalogconnect.localbigquery.rest;

import io.catalogconnect.localbigquery.store.DatasetRef;
import io.catalogconnect.localbigquery.store.TableRef;
import java.util.Map;

/** The values of the variable segments of a route's path. */
record Arguments(Map<String, String> values) {

    String get(String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalStateException("The route has no path parameter " + name);
        }
        return value;
    }

    DatasetRef dataset() {
        return new DatasetRef(get("project"), get("dataset"));
    }

    TableRef table() {
        return TableRef.of(dataset(), get("table"));
    }
}
