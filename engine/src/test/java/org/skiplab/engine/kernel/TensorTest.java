package org.skiplab.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.DoubleStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;

/// Java code by address and ND4J by INDArray see the same numbers.
class TensorTest {

    @ParameterizedTest
    @EnumSource(names = {"FLOAT", "DOUBLE"})
    void slicesOfSlicesAreTheirArrays(DataType type) {
        try (TensorMemory memory = new TensorMemory(type, 200)) {
            Tensor whole = memory.at(TensorMemory.aligned(type, 5), 2, 3, 2, 10);
            whole.set(DoubleStream.iterate(0, i -> i + 1).limit(120).toArray());
            Tensor part = whole.channels(2, 9).channels(1, 4);

            assertThat(whole.address() % TensorMemory.ALIGNMENT).isZero();
            assertThat(part.pitch()).isEqualTo(10);
            assertThat(part.rows()).isEqualTo(12);
            assertThat(part.dense()).isFalse();
            for (int row = 0; row < 12; row++) {
                for (int c = 0; c < 3; c++) {
                    double expected = 10 * row + 3 + c;
                    assertThat(part.get(3L * row + c)).isEqualTo(expected);
                    assertThat(part.toFloats()[3 * row + c]).isEqualTo((float) expected);
                    assertThat(part.array().getDouble(row / 6, row / 2 % 3, row % 2, c))
                            .isEqualTo(expected);
                    assertThat(Views.matrix(part).getDouble(row, c)).isEqualTo(expected);
                    assertThat(Views.images(part).getDouble(row / 6, row % 6, c))
                            .isEqualTo(expected);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT", "DOUBLE"})
    void refusesWhatDoesNotFit(DataType type) {
        try (TensorMemory memory = new TensorMemory(type, 64)) {
            Tensor t = memory.at(0, 4, 1, 1, 10);
            assertThatThrownBy(() -> t.channels(4, 11))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> t.set(new double[39]))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> memory.at(64, 40))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
