package dev.parley.signaling.app;

import dev.parley.sfu.api.Sfu;
import dev.parley.sfu.api.SfuInfo;
import dev.parley.sfu.server.LoopWatchdog;
import dev.parley.signaling.chat.Chat;
import dev.parley.signaling.model.ChatMessage;
import dev.parley.signaling.rooms.Rooms;
import dev.parley.signaling.socket.DataSockets;
import dev.parley.signaling.socket.MessageWriter;
import dev.parley.signaling.socket.SocketUpgrade;
import dev.parley.signaling.store.Database;
import dev.parley.signaling.web.Admissions;
import dev.parley.signaling.web.EventLoops;
import dev.parley.signaling.web.FrontDoor;
import dev.parley.signaling.web.Health;
import dev.parley.signaling.web.Proxies;
import dev.parley.signaling.web.RoomsApi;
import dev.parley.signaling.web.Router;
import dev.parley.signaling.web.Site;
import dev.parley.signaling.web.StaticFiles;
import dev.parley.signaling.web.TlsIdentity;
import dev.parley.signaling.whip.WhipApi;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// The running server, put together: no other class knows all parts. Started and stopped by one thread.
final class Server implements AutoCloseable {
    private static final long CERTIFICATE_LOOK_S = 60;
    /// For the last messages to get out before the sockets close.
    private static final long FAREWELL_MS = 300;

    private final Sfu sfu;
    private final Database database;
    private final Rooms rooms;
    private final Chat chat;
    private final FilesSetup files;
    private final EventLoops loops;
    private final FrontDoor door;
    private final MessageWriter writer = new MessageWriter();
    private final Health health = new Health();
    private final RoomsThread timeline = new RoomsThread();
    private final ScheduledThreadPoolExecutor chores = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("chores").daemon().factory());
    private final LoopWatchdog watchdog = LoopWatchdog.start();
    private final Ready ready;

    /// Serves as soon as it returns; what could not be bound is said by a `StartException` and leaves nothing behind.
    ///
    /// @param database is this server's from then on
    Server(Config config, Sfu sfu, Database database, PrometheusMeterRegistry registry, CertificateKeeper certificates)
            throws StartException {
        Metrics metrics = new Metrics(registry, health::draining);
        this.sfu = sfu;
        this.database = database;
        this.chat = ChatSetup.of(database, timeline, this::deliver, metrics);
        this.files =
                FilesSetup.of(config.data(), config.files(), database, new FilesMetrics(registry, metrics::limitHit));
        this.loops = EventLoops.start(threads(), config.media().nativeTransport());
        DataSockets data = new DataSockets(chat, writer, metrics, loops.each());
        this.rooms = new Rooms(sfu, timeline, new RandomTokens(), metrics, ChatSetup.inRooms(chat), data);
        this.door = new FrontDoor(loops, new Admissions(config.listen().proxies(), metrics), sfu::accept, metrics);
        try {
            TlsIdentity tls = certificates.identity();
            ChatSetup.restore(chat, database, timeline);
            this.ready = bind(config, registry, metrics, tls);
            chores.scheduleWithFixedDelay(
                    () -> certificates.refresh(tls), CERTIFICATE_LOOK_S, CERTIFICATE_LOOK_S, TimeUnit.SECONDS);
            files.sweepOn(chores);
        } catch (StartException e) {
            closeSockets();
            throw e;
        }
        watch(registry);
        door.open();
        health.ready();
    }

    private void deliver(String room, ChatMessage message) {
        rooms.deliver(room, message);
    }

    private void watch(PrometheusMeterRegistry registry) {
        ProcessMetrics.bind(registry, ready.version());
        List<Executor> web = loops.each();
        for (int i = 0; i < web.size(); i++) {
            watchdog.watch("web-" + i, web.get(i), registry);
        }
        watchdog.watch("rooms", timeline.executor(), registry);
    }

    Ready ready() {
        return ready;
    }

    SfuInfo media() {
        return sfu.info();
    }

    private static int threads() {
        return Math.clamp(Runtime.getRuntime().availableProcessors(), 2, 8);
    }

    private Ready bind(Config config, PrometheusMeterRegistry registry, Metrics metrics, TlsIdentity tls)
            throws StartException {
        Config.Listen listen = config.listen();
        Site pages = pages(config, metrics);
        Site operators = new Site(health.router(registry::scrape), null, Proxies.none(), metrics);
        int port = sfu.info().udpPort();
        var publicly = listen.bind() == null ? new InetSocketAddress(port) : new InetSocketAddress(listen.bind(), port);
        bound(Setting.PORT, publicly, () -> door.bindPublic(publicly, tls, pages));
        var managing = new InetSocketAddress(listen.managementAddress(), listen.managementPort());
        var management = bound(Setting.MANAGEMENT_PORT, managing, () -> door.bindManagement(managing, operators));
        if (listen.httpPort() == null) {
            return Ready.of(config, sfu.info(), port, null, management);
        }
        var plainly = new InetSocketAddress(listen.httpAddress(), listen.httpPort());
        var http = bound(Setting.HTTP_PORT, plainly, () -> door.bindPlain(plainly, pages));
        return Ready.of(config, sfu.info(), port, http, management);
    }

    private Site pages(Config config, Metrics metrics) throws StartException {
        Router router = new Router()
                .upgrade("/ws", new SocketUpgrade(rooms, chat, writer, files.offer(), metrics, health::draining));
        files.addTo(router, rooms, chat, metrics);
        try {
            new RoomsApi(rooms).addTo(router);
            new WhipApi(rooms, new RandomTokens(), metrics).addTo(router);
            return new Site(
                    router, StaticFiles.ofClassPath("web"), config.listen().proxies(), metrics);
        } catch (IOException e) {
            throw new StartException(StartException.CONFIGURATION, "the jar is incomplete: " + e.getMessage());
        }
    }

    /// Binds a TCP listener.
    private interface Binding {
        InetSocketAddress bind() throws IOException;
    }

    private static InetSocketAddress bound(Setting setting, InetSocketAddress address, Binding binding)
            throws StartException {
        try {
            return binding.bind();
        } catch (IOException e) {
            throw Ports.refused(setting, "TCP", address.getPort(), address.getAddress(), e);
        }
    }

    /// Tells everyone to come back later, then closes everything. Done well within five seconds; operators are told
    /// from the first moment to the last.
    @Override
    public void close() {
        health.drain();
        door.closePublic();
        rooms.drain()
                .toCompletableFuture()
                .completeOnTimeout(null, 1, TimeUnit.SECONDS)
                .join();
        try {
            Thread.sleep(FAREWELL_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        sfu.close();
        closeSockets();
        database.close();
    }

    private void closeSockets() {
        watchdog.close();
        door.close();
        chores.shutdownNow();
        loops.close();
        timeline.close();
    }
}
