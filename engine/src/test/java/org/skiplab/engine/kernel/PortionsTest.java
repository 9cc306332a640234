package org.skiplab.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PortionsTest {

    @ParameterizedTest
    @CsvSource({
        "0, 1, 2, 4",
        "1, 1, 2, 4",
        "7, 1, 3, 4",
        "128, 4, 2, 4",
        "130, 4, 2, 1",
        "65, 9, 5, 2"
    })
    void partsFollowOneAnotherThroughTheWholeRange(
            long length, int grain, int members, int rounds) {
        Portions portions = new Portions(length, grain, members, rounds);
        assertThat(portions.count()).isEqualTo(members * rounds);
        long end = 0;
        for (int part = 0; part < portions.count(); part++) {
            assertThat(portions.begin(part)).isEqualTo(end);
            assertThat(portions.end(part)).isBetween(end, length);
            end = portions.end(part);
            assertThat(end == length || end % grain == 0).as("end %d", end).isTrue();
        }
        assertThat(end).isEqualTo(length);
    }

    @Test
    void eachRoundIsHalfAsLongAsTheOneBefore() {
        Portions portions = new Portions(3000, 2);
        assertThat(portions.count()).isEqualTo(8);
        for (int part = 0; part < 8; part++) {
            assertThat(portions.end(part) - portions.begin(part)).isEqualTo(800 >> part / 2);
        }
    }

    @Test
    void oneRoundIsAnEqualPartForEach() {
        Portions portions = new Portions(90, 1, 3, 1);
        assertThat(portions.end(0)).isEqualTo(30);
        assertThat(portions.end(1)).isEqualTo(60);
    }

    @Test
    void boundsAreThoseOfTheParts() {
        Portions portions = new Portions(1001, 3);
        for (int part = 0; part < portions.count(); part++) {
            assertThat(Portions.bound(1001, part, 3)).isEqualTo(portions.begin(part));
        }
        assertThat(Portions.bound(1001, portions.count(), 3)).isEqualTo(1001);
    }
}
