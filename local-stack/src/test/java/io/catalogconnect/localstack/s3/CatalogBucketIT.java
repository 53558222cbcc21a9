package io.catalogconnect.localstack.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.catalogconnect.localstack.process.FreePorts;
import io.catalogconnect.localstack.s3.CatalogBucket.Delivered;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

final class CatalogBucketIT {
    private static final LocalDate DAY = LocalDate.parse("2026-11-01");

    @TempDir
    Path directory;

    @Test
    void sameBytesAreDeliveredOnceAndKeptAfterARestart() throws IOException {
        Path file = Files.writeString(directory.resolve("a.csv"), "x\n1\n");
        Delivered first;
        try (S3Server server = start();
                CatalogBucket bucket = new CatalogBucket(server.endpoint())) {
            first = bucket.deliver(file, DAY);
            assertThat(first.uri()).isEqualTo("s3://catalog/catalog/dt=2026-11-01/a.csv");
            assertThat(bucket.deliver(file, DAY)).isEqualTo(first);
        }
        try (S3Server server = start();
                CatalogBucket bucket = new CatalogBucket(server.endpoint())) {
            assertThat(bucket.deliver(file, DAY)).isEqualTo(first);
            Files.writeString(file, "x\n2\n");
            assertThat(bucket.deliver(file, DAY).etag()).isNotEqualTo(first.etag());
        }
    }

    @Test
    void fileIsDeliveredToAnotherBucketUnderItsKey() throws IOException {
        Path file = Files.writeString(directory.resolve("a.csv"), "x\n1\n");
        try (S3Server server = start();
                CatalogBucket bucket = new CatalogBucket(server.endpoint())) {
            CatalogBucket orders = bucket.named("orders");
            Delivered first = orders.deliver(file, "hour=01/a.csv");
            assertThat(first.uri()).isEqualTo("s3://orders/hour=01/a.csv");
            assertThat(bucket.named("orders").deliver(file, "hour=01/a.csv")).isEqualTo(first);
            assertThat(bucket.named("catalog")).isSameAs(bucket);
        }
    }

    @Test
    void otherCredentialsAreRefused() throws IOException {
        try (S3Server server = start();
                S3Client stranger = S3Client.builder()
                        .endpointOverride(URI.create(server.endpoint()))
                        .forcePathStyle(true)
                        .region(Region.US_EAST_1)
                        .httpClient(UrlConnectionHttpClient.create())
                        .credentialsProvider(StaticCredentialsProvider.create(
                                AwsBasicCredentials.create(S3Server.ACCESS_KEY, "wrong")))
                        .build()) {
            assertThatThrownBy(stranger::listBuckets)
                    .isInstanceOf(S3Exception.class)
                    .hasMessageContaining("signature");
        }
    }

    private S3Server start() throws IOException {
        return S3Server.start(directory.resolve("s3"), new FreePorts(new Random()).take(0));
    }
}
