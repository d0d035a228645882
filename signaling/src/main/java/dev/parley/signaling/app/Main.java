package dev.parley.signaling.app;

import dev.parley.sfu.server.MicrometerExport;
import dev.parley.sfu.server.SfuServer;

/// The process: starts the server or carries out a command, says why when it cannot, stops on SIGTERM and SIGINT.
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        if (arguments.length > 0 && DataCommand.is(arguments[0])) {
            carryOut(arguments);
        } else {
            serve(arguments);
        }
    }

    private static void carryOut(String[] arguments) {
        try {
            DataCommand.run(arguments, System.getenv(), System.out);
        } catch (StartException e) {
            System.err.println("parley: " + e.getMessage());
            System.exit(e.exitCode());
        }
    }

    private static void serve(String[] arguments) {
        StopSignal stop = StopSignal.expect();
        try {
            OpenFiles.check();
            Server server = launch().run(arguments, System.getenv(), System.out);
            stop.started(server);
            if (server != null) {
                Thread.currentThread().join();
            }
        } catch (StartException e) {
            System.err.println("parley: " + e.getMessage());
            if (stop.withdraw()) {
                System.exit(e.exitCode());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            stop.withdraw();
            throw e;
        }
    }

    static Launch launch() {
        return new Launch((config, registry) -> {
            SfuServer sfu = SfuServer.start(config);
            MicrometerExport.bind(sfu, registry);
            return sfu;
        });
    }
}
