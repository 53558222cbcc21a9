@NullMarked
package io.catalogconnect.localbigquery.read;

import org.jspecify.annotations.NullMarked;
