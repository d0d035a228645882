package dev.parley.sfu.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// A machine with two IPv4 networks, IPv6 and a bridge.
class ManyAddressesTest {
    private static final String INTERFACES = String.join(
            " && ",
            "ip link set lo up",
            "ip link add east0 type veth peer name east1",
            "ip addr add 192.0.2.1/24 dev east0",
            "ip addr add 192.0.2.2/24 dev east0",
            "ip -6 addr add 2001:db8:1::1/64 dev east0 nodad",
            "ip -6 addr add 2001:db8:1::2/64 dev east0 nodad",
            "ip link set east0 up",
            "ip link set east1 up",
            "ip link add west0 type veth peer name west1",
            "ip addr add 198.51.100.1/24 dev west0",
            "ip link set west0 up",
            "ip link add bridge0 type bridge",
            "ip link set west1 master bridge0",
            "ip addr add 203.0.113.1/24 dev bridge0",
            "ip link set west1 up",
            "ip link set bridge0 up",
            // A bridge carries nothing until it has noticed that its port is up, which may take the kernel a second.
            "for i in $(seq 100); do ip link show bridge0 | grep -q 'state UP' && break; sleep 0.1; done",
            "ip route add default via 192.0.2.254");

    @Test
    void answersEachCheckFromTheAddressThatWasAsked() throws IOException, InterruptedException {
        NetworkOfItsOwn network = NetworkOfItsOwn.with(INTERFACES);
        assumeTrue(network != null, "no network namespace with veth and bridge can be made here");
        assertThat(Objects.requireNonNull(network).run(ManyAddresses.class))
                .contains("address 192.0.2.1\n", "address 192.0.2.2\n", "address 198.51.100.1\n")
                .contains("address 203.0.113.1\n", "address 127.0.0.1\n")
                .contains("address 2001:db8:1:0:0:0:0:1\n", "address 2001:db8:1:0:0:0:0:2\n")
                .containsPattern("\n34 answered, asked at 8\n");
    }
}
