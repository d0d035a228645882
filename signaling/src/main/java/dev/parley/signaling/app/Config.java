package dev.parley.signaling.app;

import dev.parley.signaling.files.FileQuota;
import dev.parley.signaling.web.Network;
import dev.parley.signaling.web.Proxies;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the server is told: flag before variable before file before default. A `Config` that exists can be used.
///
/// @param files null where none are taken
record Config(
        Listen listen,
        Media media,
        Tls tls,
        Path data,
        @Nullable FileQuota files) {
    /// @param bind null for every address of this machine
    /// @param httpPort null when plain HTTP is off
    record Listen(
            int port,
            @Nullable InetAddress bind,
            @Nullable Integer httpPort,
            InetAddress httpAddress,
            int managementPort,
            InetAddress managementAddress,
            Proxies proxies) {}

    record Media(int loops, List<InetSocketAddress> publicAddresses, boolean nativeTransport) {}

    /// Both or neither; without them the server makes its own.
    record Tls(@Nullable Path cert, @Nullable Path key) {}

    static Config of(
            Map<Setting, Setting.Value> flags, Map<Setting, Setting.Value> variables, Map<Setting, Setting.Value> file)
            throws ConfigException {
        Map<Setting, Setting.Value> merged = new EnumMap<>(Setting.class);
        for (Setting setting : Setting.values()) {
            merged.put(setting, setting.otherwise());
        }
        merged.putAll(file);
        merged.putAll(variables);
        merged.putAll(flags);
        return of(new Settings(merged));
    }

    private static Config of(Settings settings) throws ConfigException {
        Listen listen = new Listen(
                settings.number(Setting.PORT, 0, 65535),
                settings.isEmpty(Setting.BIND) ? null : settings.address(Setting.BIND),
                settings.isOff(Setting.HTTP_PORT) ? null : settings.number(Setting.HTTP_PORT, 0, 65535),
                settings.address(Setting.HTTP_ADDRESS),
                settings.number(Setting.MANAGEMENT_PORT, 0, 65535),
                settings.address(Setting.MANAGEMENT_ADDRESS),
                new Proxies(settings.list(Setting.TRUSTED_PROXIES, Network::of)));
        Media media = new Media(
                settings.number(Setting.LOOPS, 0, 256),
                settings.list(Setting.PUBLIC_ADDRESS, Settings::hostAndPort),
                settings.oneOf(Setting.TRANSPORT, List.of("native", "portable")).equals("native"));
        return new Config(listen, media, tls(settings), settings.path(Setting.DATA), files(settings));
    }

    private static @Nullable FileQuota files(Settings settings) throws ConfigException {
        if (settings.isOff(Setting.FILE_SIZE)) {
            return null;
        }
        return new FileQuota(
                settings.bytes(Setting.FILE_SIZE),
                settings.bytes(Setting.FILES_PER_PERSON),
                settings.bytes(Setting.FILES_PER_ROOM),
                settings.bytes(Setting.FILES_TOTAL),
                settings.bytes(Setting.FILES_KEEP_FREE));
    }

    private static Tls tls(Settings settings) throws ConfigException {
        boolean cert = !settings.isEmpty(Setting.CERT);
        boolean key = !settings.isEmpty(Setting.KEY);
        if (cert != key) {
            throw settings.notAllowed(cert ? Setting.KEY : Setting.CERT);
        }
        return cert ? new Tls(settings.path(Setting.CERT), settings.path(Setting.KEY)) : new Tls(null, null);
    }
}
