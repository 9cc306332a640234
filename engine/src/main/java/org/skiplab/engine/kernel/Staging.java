package org.skiplab.engine.kernel;

import org.nd4j.linalg.api.ndarray.INDArray;

/// Stands between a tensor and an operation that cannot work on the tensor's own memory.
final class Staging {
    private Staging() {}

    /// A tensor's numbers in a dense array.
    static final class Source {
        private final INDArray array;
        private final INDArray tensor;
        private final boolean copies;

        Source(Tensor t, Scratch scratch, Scratch.Use use) {
            tensor = Views.matrix(t);
            copies = !t.dense();
            array = (copies ? scratch.shared(use, t.size()) : tensor).reshape('c', t.shape());
        }

        /// Same shape as the tensor; valid after [#load].
        INDArray array() {
            return array;
        }

        void load() {
            if (copies) {
                array.reshape('c', tensor.shape()).assign(tensor);
            }
        }
    }

    /// The place where an operation computes what a tensor is to receive.
    static final class Target {
        private final Tensor shape;
        private final INDArray tensor;
        private final INDArray matrix;
        private final boolean accumulates;
        private final boolean copies;

        private Target(
                Tensor t, boolean accumulates, boolean copies, Scratch scratch, Scratch.Use use) {
            this.shape = t;
            this.tensor = Views.matrix(t);
            this.accumulates = accumulates;
            this.copies = copies;
            this.matrix = copies ? scratch.shared(use, t.rows(), t.channels()) : tensor;
        }

        /// For operations that can write rows with a pitch.
        static Target of(Tensor t, boolean accumulates, Scratch scratch) {
            return new Target(t, accumulates, accumulates, scratch, Scratch.Use.GRADIENT);
        }

        /// For operations that can only write dense memory.
        static Target dense(Tensor t, boolean accumulates, Scratch scratch, Scratch.Use use) {
            return new Target(t, accumulates, accumulates || !t.dense(), scratch, use);
        }

        /// `[rows, channels]`, to be overwritten before [#deliver].
        INDArray matrix() {
            return matrix;
        }

        /// `[batch, height · width, channels]`, to be overwritten before [#deliver].
        INDArray images() {
            long positions = shape.rows() / shape.batch();
            return copies
                    ? matrix.reshape('c', shape.batch(), positions, shape.channels())
                    : Views.images(shape);
        }

        /// The tensor's own shape on dense memory, to be overwritten before [#deliver].
        INDArray array() {
            return matrix.reshape('c', shape.shape());
        }

        void deliver() {
            if (accumulates) {
                tensor.addi(matrix);
            } else if (copies) {
                tensor.assign(matrix);
            }
        }
    }
}
