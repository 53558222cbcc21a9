/** Data contracts on the local stack, read and applied by {@code catalogctl} as a separate process. */
@NullMarked
package io.catalogconnect.localstack.contract;

import org.jspecify.annotations.NullMarked;
