package dev.parley.signaling.app;

import dev.parley.sfu.api.Sfu;
import dev.parley.sfu.api.SfuConfig;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// From words to a running server, or to an error that says what to change.
final class Launch {
    /// With port 0 the media port is found first; TCP may have lost the same number to somebody else.
    private static final int ANY_PORT_ATTEMPTS = 10;

    private final Engine engine;

    Launch(Engine engine) {
        this.engine = engine;
    }

    /// Null when only help was asked for.
    @Nullable
    Server run(String[] arguments, Map<String, String> environment, PrintStream out) throws StartException {
        Config config = config(arguments, environment);
        if (config == null) {
            return null;
        }
        checkDataFolder(config.data());
        StoreMetrics figures = new StoreMetrics();
        DatabaseStart database = DatabaseStart.begin(config.data(), figures);
        try {
            Server server = serve(config, CertificateKeeper.open(config), database, figures);
            Banner.print(server.ready(), server.media(), out);
            return server;
        } catch (StartException e) {
            database.abandon();
            throw e;
        }
    }

    private Server serve(Config config, CertificateKeeper certificates, DatabaseStart database, StoreMetrics figures)
            throws StartException {
        for (int attempt = 1; ; attempt++) {
            PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
            Sfu sfu = startEngine(config, registry);
            try {
                figures.bind(registry);
                return new Server(config, sfu, database.await(), registry, certificates);
            } catch (StartException e) {
                sfu.close();
                boolean again = config.listen().port() == 0 && e.exitCode() == StartException.PORT_OCCUPIED;
                if (!again || attempt == ANY_PORT_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private static @Nullable Config config(String[] arguments, Map<String, String> environment) throws StartException {
        boolean named = arguments.length > 0 && arguments[0].equals("run");
        try {
            return CommandLine.parse(
                    named ? Arrays.copyOfRange(arguments, 1, arguments.length) : arguments, environment);
        } catch (ConfigException e) {
            throw new StartException(StartException.CONFIGURATION, String.valueOf(e.getMessage()));
        }
    }

    private static void checkDataFolder(Path data) throws StartException {
        try {
            Files.createDirectories(data);
            Files.delete(Files.createTempFile(data, ".try", ""));
        } catch (IOException e) {
            throw new StartException(
                    StartException.DATA_FOLDER,
                    "data: '" + data + "' cannot be used: " + e + "; allowed: " + Setting.DATA.allowed());
        }
    }

    private Sfu startEngine(Config config, PrometheusMeterRegistry registry) throws StartException {
        InetAddress bind = config.listen().bind();
        SfuConfig media = new SfuConfig(
                config.listen().port(),
                bind == null || bind.isAnyLocalAddress() ? List.of() : List.of(bind.getHostAddress()),
                config.media().publicAddresses(),
                config.media().loops(),
                config.media().nativeTransport(),
                true);
        try {
            return engine.start(media, registry);
        } catch (IOException e) {
            throw Ports.refused(Setting.PORT, "UDP", config.listen().port(), bind, e);
        }
    }
}
