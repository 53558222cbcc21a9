/** Replacing partitions and tables, on the whole stack. */
@NullMarked
package io.catalogconnect.localstack.replace;

import org.jspecify.annotations.NullMarked;
