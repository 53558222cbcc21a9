package io.catalogconnect.catalogctl.context;

import io.catalogconnect.toolkit.rest.ConnectAccess;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The access to the services of an environment.
 *
 * @param environment environment in contracts
 * @param kafka settings of Kafka's clients
 * @param bigQueryEndpoint address of BigQuery's REST API; empty for Google's
 * @param usesCredentials whether requests to BigQuery carry the application default credentials
 * @param variables values of the variables of the workers, for placeholders of project, dataset and location
 */
public record Context(
        String name,
        String environment,
        ConnectAccess connect,
        Map<String, String> kafka,
        String bigQueryEndpoint,
        boolean usesCredentials,
        Map<String, String> variables) {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{env:([^}]+)}");

    public Context {
        kafka = Map.copyOf(kafka);
        variables = Map.copyOf(variables);
    }

    /** Replaces placeholders such as <code>${env:NAME}</code>. A text with an unknown variable is returned as it is. */
    public String resolveKnown(String text) {
        try {
            return resolve(text);
        } catch (ContextException e) {
            return text;
        }
    }

    /**
     * Replaces placeholders such as <code>${env:NAME}</code>.
     *
     * @throws ContextException if a variable is not known
     */
    public String resolve(String text) throws ContextException {
        Matcher placeholder = VARIABLE.matcher(text);
        StringBuilder resolved = new StringBuilder();
        while (placeholder.find()) {
            String value = variables.get(placeholder.group(1));
            if (value == null) {
                throw new ContextException("The context '" + name + "' has no variable " + placeholder.group(1)
                        + ". Add it to variables.");
            }
            placeholder.appendReplacement(resolved, Matcher.quoteReplacement(value));
        }
        return placeholder.appendTail(resolved).toString();
    }
}
