/**
 * The S3 CSV source alone on a real worker, in the middle of everything that can go wrong there. What happens to its rows behind
 * the topics is tested elsewhere.
 */
@NullMarked
package io.catalogconnect.localstack.source;

import org.jspecify.annotations.NullMarked;
