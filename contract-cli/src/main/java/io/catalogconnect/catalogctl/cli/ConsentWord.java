package io.catalogconnect.catalogctl.cli;

import io.catalogconnect.contract.compare.Consent;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a consent of the command line. */
final class ConsentWord implements ITypeConverter<Consent> {
    @Override
    public Consent convert(String word) {
        for (Consent consent : Consent.values()) {
            if (consent != Consent.NONE && consent.word().equalsIgnoreCase(word)) {
                return consent;
            }
        }
        throw new TypeConversionException("'" + word + "' is not known. Write deletion or exposure.");
    }
}
