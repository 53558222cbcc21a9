package io.catalogconnect.s3csv.object.s3;

import io.catalogconnect.s3csv.object.ObjectRef;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** Asks whether a version is the one that is there. */
final class S3Head {

    private S3Head() {}

    /**
     * What the store says about exactly this version.
     *
     * @throws software.amazon.awssdk.awscore.exception.AwsServiceException with status 412 or 404 when there is another one, or none
     */
    static HeadObjectResponse of(S3Client client, S3Settings settings, ObjectRef object) {
        return client.headObject(request -> request.bucket(object.bucket())
                .key(object.key())
                .ifMatch(S3ObjectStore.quoted(object.etag()))
                .requestPayer(settings.payer())
                .sseCustomerAlgorithm(settings.customerAlgorithm())
                .sseCustomerKey(settings.customerKey())
                .sseCustomerKeyMD5(settings.customerKeyMd5()));
    }
}
