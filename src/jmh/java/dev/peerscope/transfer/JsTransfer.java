package dev.peerscope.transfer;

import java.io.IOException;
import java.nio.file.Path;

/** Two js-libp2p nodes: one pumps blocks into a stream, the other hashes what arrives. */
final class JsTransfer {

    private JsTransfer() {}

    static <R> R run(Path js, String muxer, int mib, int warmUpMib, TransferMeasurement.ResultMaker<R> maker)
            throws IOException, InterruptedException {
        Process serving = start(js, "serve", muxer);
        try (var from = serving.inputReader()) {
            String address = from.readLine();
            Process fetching = start(js, "fetch", muxer, address, Integer.toString(warmUpMib), Integer.toString(mib));
            try (var to = fetching.inputReader()) {
                String[] told = to.readLine().split(" ");
                serving.outputWriter().close();
                double cpu = Double.parseDouble(told[1]) + Double.parseDouble(from.readLine());
                return maker.make(mib / Double.parseDouble(told[0]), cpu * 1_024 / (mib + warmUpMib), -1);
            } finally {
                fetching.destroyForcibly().waitFor();
            }
        } finally {
            serving.destroyForcibly().waitFor();
        }
    }

    private static Process start(Path js, String... arguments) throws IOException {
        var command = new java.util.ArrayList<>(java.util.List.of("node", "transfer.js"));
        command.addAll(java.util.List.of(arguments));
        return new ProcessBuilder(command).directory(js.toFile()).redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
