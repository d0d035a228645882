package dev.parley.signaling.whip;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EntityTagsTest {
    @Test
    void theTagTheStarOrOneOfAList() {
        for (String field : new String[] {"\"a\"", "*", "\"*\"", "\"b\", \"a\"", " \"a\" "}) {
            assertThat(EntityTags.match(field, "\"a\"")).as(field).isTrue();
        }
    }

    @Test
    void nothingElse() {
        for (String field : new String[] {"", "\"b\"", "a", "W/\"a\"", "**", "\"a", ","}) {
            assertThat(EntityTags.match(field, "\"a\"")).as(field).isFalse();
        }
    }
}
