/** Files on this machine and objects in a bucket, read by the S3 CSV source's reader. */
@NullMarked
package io.catalogconnect.dryrun.file;

import org.jspecify.annotations.NullMarked;
