/** Data contracts: one ODCS 3.1 file for each data product. Start with {@link io.catalogconnect.contract.ContractFile}. */
@NullMarked
package io.catalogconnect.contract;

import org.jspecify.annotations.NullMarked;
