package io.catalogconnect.localbigquery.fault;

import com.google.common.collect.Sets;
import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;

/** Carries out faults on HTTP calls. Runs before the handler of the REST API. */
public final class FaultFilter extends Filter {
    private static final Set<Effect> POSSIBLE = Sets.immutableEnumSet(
            Effect.DROP_ANSWER, Effect.DROP_REQUEST, Effect.ERROR, Effect.DELAY, Effect.HANG, Effect.HANG_ANSWER);

    private final Faults faults;
    private final CountDownLatch stopped = new CountDownLatch(1);

    public FaultFilter(Faults faults) {
        this.faults = faults;
    }

    @Override
    public String description() {
        return "injects faults";
    }

    /** Ends calls that hang or are delayed. */
    public void stop() {
        stopped.countDown();
    }

    @Override
    public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
        Optional<FaultRule> fault = faults.next(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getPath(),
                faults.lookAtBodies() ? body(exchange) : "",
                POSSIBLE);
        if (fault.isEmpty()) {
            chain.doFilter(exchange);
            return;
        }
        FaultRule rule = fault.get();
        switch (rule.effect()) {
            case DROP_ANSWER -> {
                chain.doFilter(new DiscardingExchange(exchange));
                exchange.close();
            }
            case DROP_REQUEST -> exchange.close();
            case ERROR -> error(exchange, rule.code());
            case DELAY -> {
                await(rule.duration().toMillis());
                chain.doFilter(exchange);
            }
            case HANG -> {
                await(Long.MAX_VALUE);
                exchange.close();
            }
            case HANG_ANSWER -> {
                chain.doFilter(new DiscardingExchange(exchange));
                await(Long.MAX_VALUE);
                exchange.close();
            }
            case LOSE_STREAM, LATE_VISIBILITY, SLOW_SCHEMA -> chain.doFilter(exchange);
        }
    }

    /** Reads the body and makes it available again for the handler. */
    private static String body(HttpExchange exchange) throws IOException {
        byte[] sent = exchange.getRequestBody().readAllBytes();
        exchange.setStreams(new ByteArrayInputStream(sent), null);
        boolean packed = "gzip".equalsIgnoreCase(exchange.getRequestHeaders().getFirst("Content-Encoding"));
        try (InputStream unpacked = packed && sent.length > 0
                ? new GZIPInputStream(new ByteArrayInputStream(sent))
                : new ByteArrayInputStream(sent)) {
            return new String(unpacked.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private void await(long millis) throws IOException {
        try {
            if (stopped.await(millis, TimeUnit.MILLISECONDS)) {
                throw new IOException("The server stopped while a fault was delaying a call");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while a fault was delaying a call", e);
        }
    }

    private static void error(HttpExchange exchange, ErrorCode code) throws IOException {
        String message = "Fault on demand: " + code;
        JsonObject reason = new JsonObject();
        reason.addProperty("message", message);
        reason.addProperty("domain", "global");
        reason.addProperty("reason", code.reason());
        JsonArray errors = new JsonArray();
        errors.add(reason);
        JsonObject error = new JsonObject();
        error.addProperty("code", code.httpStatus());
        error.addProperty("message", message);
        error.add("errors", errors);
        error.addProperty("status", code.name());
        JsonObject body = new JsonObject();
        body.add("error", error);
        byte[] bytes = new Gson().toJson(body).getBytes(StandardCharsets.UTF_8);
        exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().set("Content-Type", "application/json; charset=UTF-8");
        exchange.sendResponseHeaders(code.httpStatus(), bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
        exchange.close();
    }
}
