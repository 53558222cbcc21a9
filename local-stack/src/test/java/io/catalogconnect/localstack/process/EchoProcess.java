package io.catalogconnect.localstack.process;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;

/** A child for {@link JavaProcessTest}: does what its argument says. */
public final class EchoProcess {
    private EchoProcess() {}

    public static void main(String[] args) throws IOException {
        switch (args[0]) {
            case "fail" -> System.exit(3);
            case "silent" -> System.in.transferTo(OutputStream.nullOutputStream());
            default -> {
                if (args[0].equals("leave a temporary file")) {
                    Files.createTempFile("echo", ".left");
                }
                System.err.println("a log line");
                System.out.println("not the line");
                System.out.println("echo ready " + System.getenv("GREETING"));
                System.in.transferTo(OutputStream.nullOutputStream());
                System.exit(0);
            }
        }
    }
}
