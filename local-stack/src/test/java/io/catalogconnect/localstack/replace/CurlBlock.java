package io.catalogconnect.localstack.replace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The curl commands of a document, sent as they stand there, to another host. */
final class CurlBlock {

    private static final Pattern COMMAND = Pattern.compile(
            "^curl +(?:-X ([A-Z]+) +)?http://worker:8083(\\S+)(?: -H '([^:]+): ([^']+)')?" + "(?: --data '([^']+)')?$",
            Pattern.MULTILINE);

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<MatchResult> commands = new ArrayList<>();
    private final String worker;

    private CurlBlock(String worker) {
        this.worker = worker;
    }

    /**
     * Reads the commands of a section, all of which must be understood.
     *
     * @param worker stands in for {@code http://worker:8083}
     */
    static CurlBlock read(Path document, String heading, String worker) throws IOException {
        String section = Files.readString(document)
                .split("\n## " + heading + "\n", -1)[1]
                .split("\n## ", -1)[0];
        CurlBlock block = new CurlBlock(worker);
        Matcher matcher = COMMAND.matcher(section);
        while (matcher.find()) {
            block.commands.add(matcher.toMatchResult());
        }
        assertThat(block.commands).hasSize(section.split("\ncurl ", -1).length - 1);
        return block;
    }

    int size() {
        return commands.size();
    }

    /** Sends a command, counted from 0. */
    HttpResponse<String> send(int number) throws IOException, InterruptedException {
        MatchResult command = commands.get(number);
        String method = command.group(1) == null ? "GET" : command.group(1);
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(worker + command.group(2)))
                .method(
                        method,
                        command.group(5) == null ? BodyPublishers.noBody() : BodyPublishers.ofString(command.group(5)));
        if (command.group(3) != null) {
            request.header(command.group(3), command.group(4));
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }
}
