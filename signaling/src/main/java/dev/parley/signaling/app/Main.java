package dev.parley.signaling.app;

import dev.parley.sfu.server.MicrometerExport;
import dev.parley.sfu.server.SfuServer;

/// The process: starts the server, says why when it cannot, stops it on SIGTERM and SIGINT.
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        try {
            OpenFiles.check();
            Server server = launch().run(arguments, System.getenv(), System.out);
            if (server != null) {
                Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server), "stop"));
                Thread.currentThread().join();
            }
        } catch (StartException e) {
            System.err.println("parley: " + e.getMessage());
            System.exit(e.exitCode());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static Launch launch() {
        return new Launch((config, registry) -> {
            SfuServer sfu = SfuServer.start(config);
            MicrometerExport.bind(sfu, registry);
            return sfu;
        });
    }

    /// Stopped as asked is success, while a JVM that ends by a signal would say otherwise.
    private static void stop(Server server) {
        server.close();
        Runtime.getRuntime().halt(0);
    }
}
