package dev.parley.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"dial 8.8.8.8 now", "192.168.1.7", "10.1.2.3:80", "2a00:1450:4001::1", "http://172.16.4.1/"})
    void findsWhatCouldBeSomebodys(String line) {
        assertThat(Addresses.somebodys(line)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "192.0.2.1 and 198.51.100.200 and 203.0.113.9:443",
                "127.0.0.1",
                "0.0.0.0",
                "10.77.0.2/24",
                "private: 10.0.0.0/8, 192.168.0.0/16",
                "2001:db8::1 and [2001:db8:1::2]:80",
                "version 1.2.3.4.5, 1.2.3.400, v4.2.18.1",
                "::1",
                "RFC 8445 §5.1.2.1, section 4.2.1.2",
                "169.254.169.254 and 224.0.0.1",
            })
    void leavesTheRest(String line) {
        assertThat(Addresses.somebodys(line)).isEmpty();
    }
}
