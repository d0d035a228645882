package dev.parley.signaling.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigTest {
    private static Config parse(Map<String, String> environment, String... arguments) throws ConfigException {
        return Objects.requireNonNull(CommandLine.parse(arguments, environment));
    }

    private static String file(String name) throws URISyntaxException {
        URL url = Objects.requireNonNull(ConfigTest.class.getResource("/config/" + name), name);
        return Path.of(url.toURI()).toString();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "unknown-key.bad.yml    | 'prot' is no setting; allowed: port, http-port |",
                "port-text.bad.yml      | port ( | 'many' is not allowed; allowed: 0 to 65535",
                "port-high.bad.yml      | port ( | '65536' is not allowed; allowed: 0 to 65535",
                "port-negative.bad.yml  | http-port ( | '-1' is not allowed; allowed: off, or 0 to 65535",
                "port-list.bad.yml      | port ( | '1,2' is not allowed",
                "nested.bad.yml         | 'listen' is no setting |",
                "nested-known.bad.yml   | port takes one value or a list |",
                "duplicate.bad.yml      | line 2 | port",
                "syntax.bad.yml         | line  |",
                "list.bad.yml           | key: value lines are expected |",
                "address-name.bad.yml   | http-address ( | 'localhost' is not allowed; allowed: one IP address",
                "address-number.bad.yml | management-address ( | '300.1.1.1' is not allowed",
                "network.bad.yml        | trusted-proxies ( | '192.0.2.0/33' is not allowed",
                "public-port.bad.yml    | public-address ( | '192.0.2.7:70000' is not allowed",
                "loops.bad.yml          | loops ( | '257' is not allowed; allowed: 0 to 256",
                "transport.bad.yml      | transport ( | 'carrier-pigeon' is not allowed; allowed: native or portable",
                "cert-alone.bad.yml     | key ( | allowed: a file with a private key in PEM",
                "missing.bad.yml        | cannot be read; allowed: a YAML file that exists |",
            })
    void namesWhatIsWrongInTheFile(String name, String expected, @Nullable String more) throws URISyntaxException {
        String path = name.startsWith("missing") ? "/nowhere/parley.yml" : file(name);
        assertThatThrownBy(() -> parse(Map.of(), "--config", path))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(expected)
                .hasMessageContaining(more == null ? "" : more);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "--port=x        | port (--port): 'x' is not allowed",
                "--prot=1        | Unknown option: '--prot=1'; allowed: --config, --port",
                "--port          | Missing required parameter for option '--port'",
                "serve           | Unmatched argument",
                "--bind=a.b      | bind (--bind): 'a.b' is not allowed; allowed: one IP address",
            })
    void namesWhatIsWrongOnTheCommandLine(String argument, String expected) {
        assertThatThrownBy(() -> parse(Map.of(), argument))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(expected);
    }

    @Test
    void namesTheVariableThatIsWrong() {
        assertThatThrownBy(() -> parse(Map.of("PARLEY_MANAGEMENT_PORT", "none")))
                .hasMessageContaining("management-port (PARLEY_MANAGEMENT_PORT): 'none' is not allowed");
    }

    @Test
    void readsEverySettingOfTheFile() throws Exception {
        Config config = parse(Map.of(), "--config=" + file("good.yml"));
        assertThat(config.listen().port()).isEqualTo(9443);
        assertThat(config.listen().httpPort()).isNull();
        assertThat(config.listen().bind()).isEqualTo(InetAddress.ofLiteral("192.0.2.7"));
        assertThat(config.listen().proxies().trusts(InetAddress.ofLiteral("198.51.100.77")))
                .isTrue();
        assertThat(config.listen().proxies().trusts(InetAddress.ofLiteral("203.0.113.77")))
                .isFalse();
        assertThat(config.media().publicAddresses())
                .containsExactly(new InetSocketAddress("203.0.113.9", 0), new InetSocketAddress("2001:db8::9", 443));
        assertThat(config.media().nativeTransport()).isFalse();
    }

    @Test
    void aFlagComesBeforeAVariableBeforeTheFileBeforeTheDefault() throws Exception {
        Map<String, String> variables = Map.of("PARLEY_PORT", "2", "PARLEY_CONFIG", file("good.yml"));
        assertThat(parse(variables, "--port", "1").listen().port()).isEqualTo(1);
        assertThat(parse(variables).listen().port()).isEqualTo(2);
        assertThat(parse(Map.of("PARLEY_CONFIG", file("good.yml"))).listen().port())
                .isEqualTo(9443);
        assertThat(parse(Map.of("PARLEY_CONFIG", file("empty.yml"))).listen().port())
                .isEqualTo(8443);
    }

    @Test
    void anOrchestratorsServiceVariablesAreNotOurs() throws Exception {
        Map<String, String> variables =
                Map.of("PARLEY_PORT", "tcp://192.0.2.1:8443", "PARLEY_PORT_8443_TCP_ADDR", "192.0.2.1");
        assertThat(parse(variables).listen().port()).isEqualTo(8443);
    }
}
