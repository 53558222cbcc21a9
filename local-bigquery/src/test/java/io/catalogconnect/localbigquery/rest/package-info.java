/** The REST API seen through Google's Java client. */
@NullMarked
package io.catalogconnect.localbigquery.rest;

import org.jspecify.annotations.NullMarked;
