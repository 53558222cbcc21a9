package io.catalogconnect.dryrun;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.catalogconnect.dryrun.file.BadInputException;
import io.catalogconnect.dryrun.file.CsvFile;
import io.catalogconnect.dryrun.file.ReaderSettings;
import io.catalogconnect.dryrun.inspect.Inspector;
import io.catalogconnect.dryrun.rule.RuleTrial;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads a request, one line of JSON, from standard input, and writes the answer, one line that starts with {@link #ANSWER}, to
 * standard output. Ends at once when standard input is closed, as it is when the process that started it is gone.
 */
public final class DryRunProcess {
    /** The start of the answer. */
    public static final String ANSWER = "dry run: ";

    private static final ObjectMapper JSON = new ObjectMapper();

    private DryRunProcess() {}

    /** An answer that says why there is no other. */
    private record Failure(String error) {}

    /** Answers one request. */
    public static void main(String[] arguments) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String request = in.readLine();
        if (request == null) {
            return;
        }
        endWithInput();
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        out.println(ANSWER + answer(request));
        System.exit(0);
    }

    private static void endWithInput() {
        Thread watch = new Thread(
                () -> {
                    try {
                        System.in.transferTo(OutputStream.nullOutputStream());
                    } catch (IOException e) {
                        // Closed as well.
                    }
                    Runtime.getRuntime().halt(1);
                },
                "standard-input");
        watch.setDaemon(true);
        watch.start();
    }

    /** Answers one request within this process. */
    public static String answer(String request) throws JsonProcessingException {
        try {
            return JSON.writeValueAsString(answer(JSON.readValue(request, Request.class)));
        } catch (BadInputException e) {
            return JSON.writeValueAsString(new Failure(String.valueOf(e.getMessage())));
        }
    }

    private static Object answer(Request request) throws BadInputException {
        try (CsvFile file = open(request)) {
            if (request.condition() != null) {
                return RuleTrial.ofCondition(file, request.settings(), request.condition());
            }
            if (request.connector() != null) {
                return RuleTrial.ofConnector(file, request.settings(), request.connector());
            }
            return new Inspector(file, request.settings()).inspect();
        }
    }

    private static CsvFile open(Request request) throws BadInputException {
        if (!CsvFile.isInBucket(request.file())) {
            return CsvFile.local(request.file(), request.key());
        }
        Map<String, String> keys = new HashMap<>(request.settings());
        keys.put("s3.bucket", CsvFile.bucketOf(request.file()));
        return CsvFile.inBucket(request.file(), ReaderSettings.of(keys));
    }
}
