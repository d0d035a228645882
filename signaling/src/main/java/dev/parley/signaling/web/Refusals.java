package dev.parley.signaling.web;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Connections that the system does not give to a listener, mostly because no more files may be open. The listener
/// pauses for a second each time; here it is counted, and said once a minute.
final class Refusals extends ChannelInboundHandlerAdapter {
    private static final long SAID_EVERY_NS = TimeUnit.MINUTES.toNanos(1);
    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

    private final WebWatch watch;
    private long saidNs;
    private boolean said;

    Refusals(WebWatch watch) {
        this.watch = watch;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        watch.limitHit("open_files");
        long nowNs = System.nanoTime();
        if (!said || nowNs - saidNs >= SAID_EVERY_NS) {
            said = true;
            saidNs = nowNs;
            LOG.warn("connections wait, because the system gives no more: {}", cause.getMessage());
        }
    }
}
