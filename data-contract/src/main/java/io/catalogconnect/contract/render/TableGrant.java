package io.catalogconnect.contract.render;

import io.catalogconnect.contract.model.Contract;
import io.catalogconnect.contract.model.DataObject;
import io.catalogconnect.contract.model.Environment;
import io.catalogconnect.contract.model.Grant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A role of an IAM member on a table.
 *
 * @param role for example {@code roles/bigquery.dataViewer}
 * @param member for example {@code group:team@example.com}
 */
public record TableGrant(String table, String role, String member) {
    private static final Pattern EMAIL = Pattern.compile("(user|group|serviceAccount|domain):(.+)");

    /** Google stores addresses in lower case. */
    public TableGrant {
        Matcher email = EMAIL.matcher(member);
        if (email.matches()) {
            member = email.group(1) + ":" + email.group(2).toLowerCase(Locale.ROOT);
        }
    }

    /** The access of the consumers to their tables in an environment, each once. */
    public static List<TableGrant> of(Contract contract, Environment environment) {
        List<TableGrant> grants = new ArrayList<>();
        for (Grant grant : contract.grants()) {
            if (grant.appliesIn(environment.name())) {
                for (DataObject object : contract.objects()) {
                    if (grant.objects().contains(object.name())) {
                        grant.members()
                                .forEach(member ->
                                        grants.add(new TableGrant(object.physicalName(), grant.role(), member)));
                    }
                }
            }
        }
        return grants.stream().distinct().toList();
    }
}
