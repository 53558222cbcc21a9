package io.catalogconnect.s3csv.object.s3;

import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;

/** Builds clients that try once: what is tried again, and how often, is decided in one place, by {@code Retries}. */
final class S3ClientFactory {

    private S3ClientFactory() {}

    static S3Client client(S3Settings settings) {
        Region region = Region.of(settings.region());
        S3ClientBuilder builder = S3Client.builder()
                .region(region)
                .forcePathStyle(settings.pathStyle())
                .credentialsProvider(credentials(settings, region))
                .httpClient(http(settings))
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .overrideConfiguration(override -> override.retryStrategy(AwsRetryStrategy.doNotRetry()));
        if (settings.endpoint() != null) {
            builder.endpointOverride(settings.endpoint());
        }
        return builder.build();
    }

    private static SdkHttpClient http(S3Settings settings) {
        return UrlConnectionHttpClient.builder()
                .connectionTimeout(settings.connectTimeout())
                .socketTimeout(settings.readTimeout())
                .build();
    }

    private static AwsCredentialsProvider credentials(S3Settings settings, Region region) {
        S3Credentials credentials = settings.credentials();
        if (credentials instanceof S3Credentials.Anonymous) {
            return AnonymousCredentialsProvider.create();
        }
        if (credentials instanceof S3Credentials.Static pair) {
            return StaticCredentialsProvider.create(
                    pair.sessionToken() == null
                            ? AwsBasicCredentials.create(pair.accessKeyId(), pair.secretAccessKey())
                            : AwsSessionCredentials.create(
                                    pair.accessKeyId(), pair.secretAccessKey(), pair.sessionToken()));
        }
        if (credentials instanceof S3Credentials.Profile profile) {
            return ProfileCredentialsProvider.create(profile.name());
        }
        if (credentials instanceof S3Credentials.AssumeRole role) {
            StsClient sts = StsClient.builder()
                    .region(region)
                    .httpClient(http(settings))
                    .overrideConfiguration(override -> override.retryStrategy(AwsRetryStrategy.doNotRetry()))
                    .build();
            return StsAssumeRoleCredentialsProvider.builder()
                    .stsClient(sts)
                    .refreshRequest(request -> request.roleArn(role.roleArn())
                            .roleSessionName(role.sessionName())
                            .externalId(role.externalId()))
                    .build();
        }
        return DefaultCredentialsProvider.builder().build();
    }
}
