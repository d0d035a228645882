package dev.parley.sfu.rtp.codec;

/// Dependency descriptors, written field by field.
final class DependencySamples {
    private DependencySamples() {}

    /// First packet of a key frame of L2T2: four decode targets, six templates, two chains, two resolutions; template
    /// ids
    /// begin at 10.
    static BitWriter keyFrame() {
        BitWriter w = new BitWriter();
        w.bits(1, 1).bits(1, 0).bits(6, 10).bits(16, 0x0102);
        w.bits(5, 0b10000);
        return structure(w);
    }

    static BitWriter structure(BitWriter w) {
        w.bits(6, 10).bits(5, 3);
        // layers: S0T0, S0T0, S0T1, S1T0, S1T0, S1T1
        w.each(2, "012013");
        // indications of six templates for four targets: S0T0, S0T1, S1T0, S1T1
        w.each(2, "2222")
                .each(2, "3333")
                .each(2, "0101")
                .each(2, "0022")
                .each(2, "0033")
                .each(2, "0001");
        // frame differences: none, 2, 1, 1, 2 and 1, none
        w.bits(1, 0).bits(1, 1).bits(4, 1).bits(1, 0);
        w.bits(1, 1).bits(4, 0).bits(1, 0);
        w.bits(1, 1).bits(4, 0).bits(1, 0);
        w.bits(1, 1).bits(4, 1).bits(1, 1).bits(4, 0).bits(1, 0);
        w.bits(1, 0);
        // chains: 2 of at most 4 in ns(5); targets protected by 0, 0, 1, 1 in ns(2)
        w.bits(2, 2).each(1, "0011");
        for (int i = 0; i < 12; i++) {
            w.bits(4, i);
        }
        return w.bits(1, 1).bits(16, 319).bits(16, 179).bits(16, 639).bits(16, 359);
    }
}
