package io.catalogconnect.transforms.pseudonym;

import java.text.Normalizer;
import java.util.Locale;

/** A change of a text before its pseudonym is computed, so that spellings of one value have one pseudonym. */
public enum Normalization {
    /** The text as it is. */
    NONE {
        @Override
        String apply(String text) {
            return text;
        }
    },
    /** Without white space at its start and end, in Unicode's normal form C. */
    TRIM {
        @Override
        String apply(String text) {
            return Normalizer.normalize(text.strip(), Normalizer.Form.NFC);
        }
    },
    /** As {@link #TRIM}, and in lower case. */
    TRIM_LOWER {
        @Override
        String apply(String text) {
            return TRIM.apply(text.toLowerCase(Locale.ROOT));
        }
    };

    abstract String apply(String text);
}
