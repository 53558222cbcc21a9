package io.catalogconnect.catalogctl.live;

import io.catalogconnect.contract.render.Connector;
import io.catalogconnect.toolkit.rest.ConnectorStatus;
import io.catalogconnect.toolkit.rest.DeployedConnector;
import java.util.List;
import java.util.Map;

/** The connectors of a Connect cluster. Every method throws {@link LiveException} if the cluster refuses or does not answer. */
public interface Workers {
    /** All connectors of the cluster. */
    List<DeployedConnector> connectors() throws InterruptedException;

    /** The versions of the installed connector plugins by class. */
    Map<String, String> pluginVersions() throws InterruptedException;

    /** The committed offsets of a source; none if it does not exist. */
    SourceProgress progress(String source) throws InterruptedException;

    /** Has a worker validate a configuration. Returns its errors as {@code key: message}; changes nothing. */
    List<String> validate(Connector connector) throws InterruptedException;

    /** The keys of a configuration whose placeholders a worker does not replace. Placeholders of passwords are not seen. */
    List<String> literalPlaceholders(Connector connector) throws InterruptedException;

    /** Creates a connector without starting it. */
    void createStopped(Connector connector) throws InterruptedException;

    /** Creates a connector, or replaces its configuration. */
    void configure(Connector connector) throws InterruptedException;

    /** Ends the tasks of a connector; its status shows when they have ended. */
    void stop(String connector) throws InterruptedException;

    /**
     * Sets offsets of a source that is stopped.
     *
     * @param offsets the request of Connect's REST API
     */
    void setOffsets(String source, String offsets) throws InterruptedException;

    /** Starts a connector that is stopped or paused. */
    void resume(String connector) throws InterruptedException;

    /** Starts those tasks of a connector again that have failed, and the connector itself if it has. */
    void restartFailed(String connector) throws InterruptedException;

    /** Deletes a connector, if it exists. Its offsets are kept. */
    void delete(String connector) throws InterruptedException;

    /** The state of a connector and its tasks. */
    ConnectorStatus status(String connector) throws InterruptedException;
}
