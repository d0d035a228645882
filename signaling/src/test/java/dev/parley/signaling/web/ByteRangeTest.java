package dev.parley.signaling.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ByteRangeTest {
    @Test
    void onePartOfAFile() {
        assertThat(ByteRange.of("bytes=0-0", 10)).isEqualTo(new ByteRange(0, 1));
        assertThat(ByteRange.of("bytes=2-5", 10)).isEqualTo(new ByteRange(2, 4));
        assertThat(ByteRange.of("bytes=2-500", 10)).isEqualTo(new ByteRange(2, 8));
        assertThat(ByteRange.of("bytes=9-", 10)).isEqualTo(new ByteRange(9, 1));
        assertThat(ByteRange.of("bytes=-3", 10)).isEqualTo(new ByteRange(7, 3));
        assertThat(ByteRange.of("bytes=-30", 10)).isEqualTo(new ByteRange(0, 10));
        assertThat(new ByteRange(2, 4).contentRange(10)).isEqualTo("bytes 2-5/10");
    }

    @Test
    void whatIsOutsideIsSaidToBe() {
        for (String field : new String[] {"bytes=10-", "bytes=10-20", "bytes=999999999999999999-", "bytes=-0"}) {
            assertThat(ByteRange.of(field, 10))
                    .as(field)
                    .isNotNull()
                    .satisfies(range -> assertThat(range.isOutside()).isTrue());
        }
    }

    @Test
    void whatIsNoneOrSeveralIsAsIfItWereNotThere() {
        for (String field : new String[] {
            null,
            "",
            "bytes",
            "bytes=",
            "bytes=-",
            "bytes=5-2",
            "bytes=1-2,4-5",
            "items=1-2",
            "bytes=a-b",
            "bytes=0x1-2",
            "bytes=1-9999999999999999999",
            "bytes = 1-2"
        }) {
            assertThat(ByteRange.of(field, 10)).as(field).isNull();
        }
    }
}
