/**
 * What goes wrong on purpose: rules that say which of the next calls break and how, set from Java or over HTTP. Both APIs ask here before
 * they answer; how a fault is carried out in a protocol is that protocol's business, except for HTTP, whose filter is here.
 */
@NullMarked
package io.catalogconnect.localbigquery.fault;

import org.jspecify.annotations.NullMarked;
