package io.catalogconnect.s3csv.assign;

import io.catalogconnect.s3csv.object.ObjectRef;
import java.util.Comparator;

/** Which of the waiting objects comes first. */
public enum ObjectOrder {
    KEY,
    MODIFIED;

    Comparator<ObjectRef> comparator() {
        Comparator<ObjectRef> byKey = Comparator.comparing(ObjectRef::key);
        return this == KEY
                ? byKey
                : Comparator.comparing(ObjectRef::lastModified).thenComparing(byKey);
    }
}
