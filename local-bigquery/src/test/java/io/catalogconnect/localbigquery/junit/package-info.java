/** The JUnit extension, used as its users do. */
@NullMarked
package io.catalogconnect.localbigquery.junit;

import org.jspecify.annotations.NullMarked;
