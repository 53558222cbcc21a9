package io.catalogconnect.bigquery.client;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.catalogconnect.bigquery.commit.ServiceRefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GoogleClientsTest {

    private static final Set<CredentialsType> DEFAULT_TYPES =
            Set.of(CredentialsType.SERVICE_ACCOUNT, CredentialsType.AUTHORIZED_USER);

    @ParameterizedTest
    @CsvSource({
        "external_account",
        "external_account_authorized_user",
        "impersonated_service_account",
        "gdch_service_account"
    })
    void keyOfATypeThatIsNotPermittedIsNotRead(String type, @TempDir Path folder) throws IOException {
        // The file that the key names would be read, or the program started, when a token is asked for.
        String key = "{\"type\":\"" + type + "\",\"audience\":\"a\",\"subject_token_type\":\"t\",\"token_url\":"
                + "\"https://127.0.0.1/\",\"credential_source\":{\"file\":\"/etc/passwd\"}}";
        Path file = Files.writeString(folder.resolve("key.json"), key);
        String message = "bigquery.credentials: the key is of type " + type + ", which bigquery.credentials.types does"
                + " not permit. Use the key of a service account, or add " + type
                + " if you trust everyone who may configure connectors.";

        assertThatThrownBy(() -> clients(new ServiceCredentials.KeyJson(key)))
                .isInstanceOf(ServiceRefusedException.class)
                .hasMessage(message);
        assertThatThrownBy(() -> clients(new ServiceCredentials.KeyFile(file))).hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{}", "[]", "no JSON", "{\"type\":\"other\"}", "{\"type\":7}"})
    void keyWithoutAKnownTypeCannotBeRead(String key) {
        assertThatThrownBy(() -> clients(new ServiceCredentials.KeyJson(key)))
                .isInstanceOf(ServiceRefusedException.class)
                .hasMessageStartingWith("bigquery.credentials: the configured credentials cannot be read (")
                .hasMessageNotContaining(key);
    }

    private static GoogleClients clients(ServiceCredentials credentials) {
        return new GoogleClients(
                new Service(
                        "p",
                        "d",
                        "US",
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        credentials,
                        DEFAULT_TYPES,
                        Duration.ofSeconds(1)),
                "test");
    }
}
