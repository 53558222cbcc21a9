/**
 * An S3 server over a folder, and the bucket that the catalogues go into.
 */
@NullMarked
package io.catalogconnect.localstack.s3;

import org.jspecify.annotations.NullMarked;
