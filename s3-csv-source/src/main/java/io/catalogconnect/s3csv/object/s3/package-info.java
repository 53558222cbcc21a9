/** The only code that knows the AWS SDK: opens a bucket as an object store and puts the SDK's failures into our terms. */
@NullMarked
package io.catalogconnect.s3csv.object.s3;

import org.jspecify.annotations.NullMarked;
