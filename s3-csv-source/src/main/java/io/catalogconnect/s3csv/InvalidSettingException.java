package io.catalogconnect.s3csv;

import org.apache.kafka.common.config.ConfigException;

/** A setting that is wrong, alone or together with others. */
final class InvalidSettingException extends ConfigException {

    private static final long serialVersionUID = 1L;

    private final String key;

    InvalidSettingException(String key, String problem) {
        super(key + " " + problem);
        this.key = key;
    }

    /** The setting to show the message at. */
    String key() {
        return key;
    }
}
