/** YAML as a tree whose nodes know their places. The only package that uses the YAML parser. */
@NullMarked
package io.catalogconnect.contract.yaml;

import org.jspecify.annotations.NullMarked;
