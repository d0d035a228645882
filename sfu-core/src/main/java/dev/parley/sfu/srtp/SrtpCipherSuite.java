package dev.parley.sfu.srtp;

/// Who does the arithmetic. Production takes `JCE`; the server never selects `NULL`.
public enum SrtpCipherSuite {
    /// The JDK's own AES and HMAC on byte arrays: the fastest call from Java, and the right bytes on every platform.
    JCE {
        @Override
        SrtpCipher create(SrtpProfile profile, SessionKeys rtp, SessionKeys rtcp) {
            return switch (profile) {
                case AEAD_AES_128_GCM -> new GcmCipher(rtp, rtcp);
                case AES_CM_128_HMAC_SHA1_80 -> new CounterModeCipher(rtp, rtcp);
            };
        }
    },
    /// Encrypts nothing and allocates nothing; for simulations of many virtual hours and for allocation tests. Lengths
    /// are those of the profile, and the tag still proves that both sides agree on keys, source and index.
    NULL {
        @Override
        SrtpCipher create(SrtpProfile profile, SessionKeys rtp, SessionKeys rtcp) {
            return new NullCipher(profile, rtp, rtcp);
        }
    };

    abstract SrtpCipher create(SrtpProfile profile, SessionKeys rtp, SessionKeys rtcp);
}
