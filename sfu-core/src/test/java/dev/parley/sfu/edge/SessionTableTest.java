package dev.parley.sfu.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.sfu.base.Flow;
import dev.parley.sfu.base.Packet;
import dev.parley.sfu.base.Timed;
import java.net.InetSocketAddress;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class SessionTableTest {
    private static final InetSocketAddress LOCAL = new InetSocketAddress("192.0.2.1", 8443);
    private static final Flow FLOW = Flow.udp(LOCAL, new InetSocketAddress("198.51.100.7", 5000));

    private final SessionTable table = new SessionTable();
    private final Endpoint alice = new Silent("alice");
    private final Endpoint bob = new Silent("bob");

    /// Equal to its twin by value: the table must tell them apart.
    private record Silent(String localUfrag) implements Endpoint {
        @Override
        public void receive(Packet packet, Flow flow, long nowNs) {
            packet.release();
        }

        @Override
        public void gone(Flow flow, long nowNs) {}

        @Override
        public Timed timed() {
            return new NeverDue();
        }

        @Override
        public void failed(Throwable fault) {}
    }

    @Test
    void findsEndpointsByUfragAndFlow() {
        assertThat(table.add(alice)).isTrue();
        assertThat(table.byUfrag("alice")).isSameAs(alice);
        assertThat(table.byUfrag("bob")).isNull();
        assertThat(table.bind(alice, FLOW, 3)).isTrue();
        assertThat(table.routes(LOCAL).get(FLOW.remote())).isEqualTo(new Route(FLOW, 3, alice, alice));
    }

    @Test
    void takesEachEndpointAndEachUfragOnce() {
        table.add(alice);
        assertThat(table.add(alice)).isFalse();
        assertThat(table.add(new Silent("alice"))).isFalse();
        assertThat(table.size()).isEqualTo(1);
    }

    @Test
    void bindsNothingForStrangers() {
        assertThat(table.bind(alice, FLOW, 0)).isFalse();
        assertThat(table.unbind(alice, FLOW)).isFalse();
        assertThat(table.alias(alice, "other")).isFalse();
        assertThat(table.remove(alice)).isEmpty();
        assertThat(table.routeCount()).isZero();
    }

    @Test
    void lastOneToBindAFlowHasIt() {
        table.add(alice);
        table.add(bob);
        table.bind(alice, FLOW, 0);
        table.bind(bob, FLOW, 0);
        table.unbind(alice, FLOW);
        assertThat(route().endpoint()).isSameAs(bob);
        table.remove(bob);
        assertThat(table.routeCount()).isZero();
    }

    @Test
    void otherLoopsNewsFollowTheSameRule() {
        table.add(alice);
        table.bind(alice, FLOW, 0);
        Object carol = new Object();
        table.learn(new Route(FLOW, 2, carol, null));
        table.remove(alice);
        assertThat(route().loop()).isEqualTo(2);
        table.unlearn(FLOW, alice);
        assertThat(table.routeCount()).isEqualTo(1);
        table.unlearn(FLOW, carol);
        assertThat(table.routeCount()).isZero();
    }

    @Test
    void removalLeavesNothingBehind() {
        table.add(alice);
        table.alias(alice, "restart");
        table.bind(alice, FLOW, 0);
        assertThat(table.remove(alice)).containsExactly(FLOW);
        assertThat(table.size()).isZero();
        assertThat(table.byUfrag("alice")).isNull();
        assertThat(table.byUfrag("restart")).isNull();
        assertThat(table.routeCount()).isZero();
        assertThat(table.add(alice)).isTrue();
    }

    @Test
    void keepsTheUfragsOfTheLastRestartOnly() {
        table.add(alice);
        table.alias(alice, "second");
        assertThat(table.byUfrag("alice")).isSameAs(alice);
        table.alias(alice, "third");
        assertThat(table.byUfrag("alice")).isNull();
        assertThat(table.byUfrag("second")).isSameAs(alice);
        assertThat(table.byUfrag("third")).isSameAs(alice);
        assertThat(table.alias(alice, "third")).isFalse();
    }

    private Route route() {
        return Objects.requireNonNull(table.routes(LOCAL).get(FLOW.remote()));
    }
}
