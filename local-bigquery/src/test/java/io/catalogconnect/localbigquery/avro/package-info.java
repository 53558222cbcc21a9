@NullMarked
package io.catalogconnect.localbigquery.avro;

import org.jspecify.annotations.NullMarked;
