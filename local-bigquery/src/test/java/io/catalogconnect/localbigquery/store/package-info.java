/** Tests of the catalog's rules, without a server. */
@NullMarked
package io.catalogconnect.localbigquery.store;

import org.jspecify.annotations.NullMarked;
