package io.catalogconnect.localbigquery.write;

import com.google.rpc.Code;
import io.catalogconnect.localbigquery.fault.ErrorCode;

/** Converts faults to errors of the Write API. */
final class FaultStatus {
    private FaultStatus() {}

    static WriteException of(ErrorCode code) {
        return WriteException.plain(Code.valueOf(code.name()), "Fault on demand: " + code);
    }

    static WriteException broken() {
        return WriteException.plain(Code.UNAVAILABLE, "Fault on demand: the connection was broken");
    }
}
