package io.catalogconnect.contract.model;

import io.catalogconnect.contract.finding.Place;
import java.util.HashMap;
import java.util.Map;

/**
 * The places of a part of a contract and of its keys.
 *
 * @param own the start of the part
 * @param keys places of the keys
 * @param values places of the values
 */
public record Places(Place own, Map<String, Place> keys, Map<String, Place> values) {
    public Places {
        keys = Map.copyOf(keys);
        values = Map.copyOf(values);
    }

    /** The place of a key, or of the part if the key is absent. */
    public Place key(String name) {
        return keys.getOrDefault(name, own);
    }

    /** The place of a key's value, or of the part if the key is absent. */
    public Place value(String name) {
        return values.getOrDefault(name, own);
    }

    /** The places of these and of other keys. A key of both has its place here. */
    public Places with(Places others) {
        Map<String, Place> allKeys = new HashMap<>(others.keys);
        allKeys.putAll(keys);
        Map<String, Place> allValues = new HashMap<>(others.values);
        allValues.putAll(values);
        return new Places(own, allKeys, allValues);
    }
}
