package dev.parley.sfu.srtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.sfu.srtp.KeyDerivation.Label;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class KeyDerivationTest {
    private static final byte[] KEY = hex("e1f97a0d3e018be0d64fa32c06de4139");
    private static final byte[] SALT = hex("0ec675ad498afeebb6960b3aabe6");

    @Test
    void givesTheKeysOfRfc3711AppendixB3() {
        assertThat(KeyDerivation.derive(KEY, SALT, Label.RTP_ENCRYPTION, 16))
                .isEqualTo(hex("c61e7a93744f39ee10734afe3ff7a087"));
        assertThat(KeyDerivation.derive(KEY, SALT, Label.RTP_SALT, 14)).isEqualTo(hex("30cbbc08863d8c85d49db34a9ae1"));
        assertThat(KeyDerivation.derive(KEY, SALT, Label.RTP_AUTHENTICATION, 94))
                .startsWith(hex("cebe321f6ff7716b6fd4ab49af256a156d38baa48f0a0acf3c34e2359e6cdbcee049646c43d9327ad175"
                        + "578ef72270986371c10c9a369ac2f94a8c5fbcdddc256d6e919a48b610ef17c2041e"));
    }

    @Test
    void takesAnAeadSaltAsPaddedWithZeros() {
        byte[] padded = Arrays.copyOf(Arrays.copyOf(SALT, 12), 14);
        for (Label label : Label.values()) {
            assertThat(KeyDerivation.derive(KEY, Arrays.copyOf(SALT, 12), label, 16))
                    .isEqualTo(KeyDerivation.derive(KEY, padded, label, 16));
        }
    }

    @Test
    void refusesKeysOfAnotherLength() {
        assertThatThrownBy(() -> SessionKeys.rtp(SrtpProfile.AEAD_AES_128_GCM, KEY, SALT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a salt of 14 bytes");
    }

    @Test
    void profilesHaveTheirRegisteredNumbers() {
        assertThat(SrtpProfile.of(7)).isEqualTo(SrtpProfile.AEAD_AES_128_GCM);
        assertThat(SrtpProfile.of(1)).isEqualTo(SrtpProfile.AES_CM_128_HMAC_SHA1_80);
        assertThat(SrtpProfile.of(2)).isNull();
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }
}
