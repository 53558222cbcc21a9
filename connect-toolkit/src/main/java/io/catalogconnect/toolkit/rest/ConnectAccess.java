package io.catalogconnect.toolkit.rest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Address of a worker and the access to it.
 *
 * @param url for example {@code http://127.0.0.1:8083}, without a slash at its end
 * @param authorization value of the header {@code Authorization}; empty for none
 * @param tls context of TLS connections; empty for the JVM's default
 * @param patience duration for which requests are retried while the worker is busy or cannot be reached
 * @param isStarting whether the worker may still be starting: then it refuses connections, and returns responses with status
 *     500, until the patience is over. A worker that runs refuses connections for some seconds only
 */
public record ConnectAccess(
        String url, Optional<String> authorization, Optional<SSLContext> tls, Duration patience, boolean isStarting) {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    public ConnectAccess {
        url = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    /** A worker that the caller starts: it is waited for. */
    public static ConnectAccess ofStartingWorker(String url) {
        return new ConnectAccess(url, Optional.empty(), Optional.empty(), PATIENCE, true);
    }

    /** A worker that runs. */
    public static ConnectAccess of(String url, Duration patience) {
        return new ConnectAccess(url, Optional.empty(), Optional.empty(), patience, false);
    }

    /** The same with basic authentication. */
    public ConnectAccess withBasicAuth(String user, String password) {
        String credentials = user + ":" + password;
        String encoded = Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
        return new ConnectAccess(url, Optional.of("Basic " + encoded), tls, patience, isStarting);
    }

    /**
     * The same with trust in the certificates of a PEM file only.
     *
     * @throws IOException if the file cannot be read or contains no certificate
     */
    public ConnectAccess withTrustedCertificates(Path pem) throws IOException {
        try (InputStream in = Files.newInputStream(pem)) {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            int number = 0;
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                trusted.setCertificateEntry("certificate-" + number++, certificate);
            }
            if (number == 0) {
                throw new IOException(pem + " contains no certificate.");
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return new ConnectAccess(url, authorization, Optional.of(context), patience, isStarting);
        } catch (GeneralSecurityException e) {
            throw new IOException(pem + " is not a PEM file with certificates: " + e.getMessage(), e);
        }
    }

    /** Without the credentials. */
    @Override
    public String toString() {
        return url;
    }
}
