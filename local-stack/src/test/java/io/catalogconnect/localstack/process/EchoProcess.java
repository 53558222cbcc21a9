package io.catalogconnect.localstack.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.util.Scanner;

/** A child for tests of this package: does what its argument says. */
public final class EchoProcess {
    private EchoProcess() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        switch (args[0]) {
            case "fail" -> System.exit(3);
            case "repeat" ->
                new PrintStream(System.out, true, UTF_8)
                        .println("echo ready " + new Scanner(System.in, UTF_8).nextLine());
            case "print" -> {
                PrintStream out = new PrintStream(System.out, true, UTF_8);
                out.println("first " + System.getenv("GREETING"));
                out.println("second ü");
                new PrintStream(System.err, true, UTF_8).println("an error ü");
            }
            case "hang" -> {
                System.out.println("echo ready");
                Thread.currentThread().join();
            }
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
