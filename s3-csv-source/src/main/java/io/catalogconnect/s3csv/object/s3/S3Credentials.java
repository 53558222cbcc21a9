package io.catalogconnect.s3csv.object.s3;

import org.jspecify.annotations.Nullable;

/** Who asks. Secrets do not show in {@code toString}. */
public sealed interface S3Credentials {

    /** The AWS SDK's own chain: environment, profile, container, instance. */
    record Default() implements S3Credentials {}

    /** Nobody: requests are not signed. */
    record Anonymous() implements S3Credentials {}

    /** A fixed pair, with the session token of temporary ones. */
    record Static(
            String accessKeyId,
            String secretAccessKey,
            @Nullable String sessionToken) implements S3Credentials {
        @Override
        public String toString() {
            return "Static[hidden]";
        }
    }

    /** A profile of the AWS configuration files. */
    record Profile(String name) implements S3Credentials {}

    /**
     * A role taken on with the credentials that the SDK's own chain finds.
     *
     * @param externalId what the role's owner asks for; null for nothing
     */
    record AssumeRole(String roleArn, @Nullable String externalId, String sessionName) implements S3Credentials {}
}
