package dev.parley.sfu.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class ExtensionIdsTest {
    @Test
    void findsBothWays() {
        ExtensionIds ids = ExtensionIds.NONE.with(ExtensionType.MID, 4).with(ExtensionType.DEPENDENCY_DESCRIPTOR, 200);
        assertThat(ids.id(ExtensionType.MID)).isEqualTo(4);
        assertThat(ids.type(4)).isEqualTo(ExtensionType.MID);
        assertThat(ids.id(ExtensionType.DEPENDENCY_DESCRIPTOR)).isEqualTo(200);
        assertThat(ids.type(200)).isEqualTo(ExtensionType.DEPENDENCY_DESCRIPTOR);
        assertThat(ids.has(ExtensionType.RID)).isFalse();
        assertThat(ids.id(ExtensionType.RID)).isZero();
        assertThat(ids.type(5)).isNull();
        assertThat(ids.type(0)).isNull();
        assertThat(ids.type(-1)).isNull();
        assertThat(ids.type(256)).isNull();
    }

    @Test
    void aTypeAndAnIdAreHeldOnce() {
        ExtensionIds ids = ExtensionIds.NONE.with(ExtensionType.MID, 4);
        ExtensionIds moved = ids.with(ExtensionType.MID, 5);
        assertThat(moved.type(4)).isNull();
        assertThat(moved.id(ExtensionType.MID)).isEqualTo(5);
        ExtensionIds taken = ids.with(ExtensionType.RID, 4);
        assertThat(taken.has(ExtensionType.MID)).isFalse();
        assertThat(taken.type(4)).isEqualTo(ExtensionType.RID);
        assertThat(ids.type(4)).as("the first one has not changed").isEqualTo(ExtensionType.MID);
    }

    @Test
    void equalNegotiationsAreEqual() {
        ExtensionIds ids = ExtensionIds.NONE.with(ExtensionType.MID, 4).with(ExtensionType.RID, 2);
        assertThat(ExtensionIds.NONE.with(ExtensionType.RID, 2).with(ExtensionType.MID, 4))
                .isEqualTo(ids)
                .hasSameHashCodeAs(ids);
        assertThat(ids).isNotEqualTo(ExtensionIds.NONE).hasToString("ExtensionIds[MID=4 RID=2]");
    }

    @Test
    void refusesIdsThatNoFormCanCarry() {
        for (int id : new int[] {-1, 0, 15, 256}) {
            assertThat(ExtensionIds.usable(id)).isFalse();
            assertThatThrownBy(() -> ExtensionIds.NONE.with(ExtensionType.MID, id))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(ExtensionIds.usable(14)).isTrue();
        assertThat(ExtensionIds.usable(16)).isTrue();
        assertThat(ExtensionIds.usable(255)).isTrue();
    }

    @Test
    void everyUriIsFoundAgain() {
        for (ExtensionType type : ExtensionType.ALL) {
            assertThat(ExtensionType.of(type.uri())).isEqualTo(type);
        }
        assertThat(ExtensionType.of("urn:ietf:params:rtp-hdrext:encrypt")).isNull();
    }
}
