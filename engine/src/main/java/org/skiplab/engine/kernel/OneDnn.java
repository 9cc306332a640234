package org.skiplab.engine.kernel;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SCRATCHPAD;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_execute;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.dnnl_exec_arg_t;
import org.bytedeco.dnnl.dnnl_primitive;
import org.bytedeco.dnnl.dnnl_stream;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.global.dnnl.scratchpad_mode;
import org.bytedeco.dnnl.matmul;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.primitive_desc_base;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/// oneDNN's engine and stream, and the owner of everything native that is built on them.
final class OneDnn implements AutoCloseable {

    private final List<Pointer> owned = new ArrayList<>();
    private final List<Pointer> allocations = new ArrayList<>();
    private final engine engine;
    private final stream stream;
    private final dnnl_stream rawStream;
    private final primitive_attr attributes;
    private final List<AddressSpace> spaces = new ArrayList<>();
    private final boolean imagined;
    private long bytes;
    private long scratchpad;

    /// @param imagined whether to allocate addresses only and never run a primitive
    OneDnn(boolean imagined) {
        this.imagined = imagined;
        engine = own(new engine(org.bytedeco.dnnl.engine.kind.cpu, 0));
        stream = own(new stream(engine));
        rawStream = stream.get();
        attributes = own(new primitive_attr());
    }

    engine engine() {
        return engine;
    }

    primitive_attr attributes() {
        return attributes;
    }

    /// Registers a native object to be freed with this.
    <P extends Pointer> P own(P pointer) {
        owned.add(pointer);
        if (pointer instanceof primitive_desc_base description) {
            scratchpad =
                    Math.max(scratchpad, description.query_s64(dnnl.query.memory_consumption_s64));
        }
        return pointer;
    }

    memory.desc describe(memory.format_tag format, long... extents) {
        return own(new memory.desc(extents, memory.data_type.f32, format));
    }

    /// A description with the strides of a tensor's memory, for extents in oneDNN's order.
    memory.desc describe(long[] extents, long[] strides) {
        return own(new memory.desc(extents, memory.data_type.f32, strides));
    }

    /// A tensor's memory, described as `[n, c, h, w]` in NHWC order.
    memory nhwc(Tensor tensor) {
        long p = tensor.pitch();
        long[] extents = {tensor.batch(), tensor.channels(), tensor.height(), tensor.width()};
        long[] strides = {
            (long) tensor.height() * tensor.width() * p, 1, tensor.width() * p, p,
        };
        return at(tensor.address(), describe(extents, strides));
    }

    /// Memory that a tensor owns.
    memory at(long address, memory.desc description) {
        return own(new memory(description, engine, new Address(address)));
    }

    /// New memory, zero-filled and aligned like every tensor.
    memory allocate(memory.desc description) {
        long size = Math.max(TensorMemory.ALIGNMENT, description.get_size());
        if (imagined) {
            AddressSpace space = AddressSpace.reserve(size);
            spaces.add(space);
            bytes += size;
            return at(space.address(), description);
        }
        BytePointer raw = new BytePointer(Pointer.malloc(size + TensorMemory.ALIGNMENT));
        if (raw.isNull()) {
            throw new OutOfMemoryError("no native memory for " + size + " bytes of workspace");
        }
        allocations.add(raw);
        bytes += size;
        long address = Math.ceilDiv(raw.address(), TensorMemory.ALIGNMENT) * TensorMemory.ALIGNMENT;
        Pointer.memset(new Address(address), 0, size);
        return at(address, description);
    }

    /// Memory allocated here, and what oneDNN allocates itself: one scratchpad that serves all
    /// primitives, as large as the most demanding of them asks for.
    long bytes() {
        return bytes + scratchpad;
    }

    /// `c = a·b` or `c = c + a·b` plane by plane, computed on the thread that runs it.
    ///
    /// @param transposed whether to take `aᵀ`
    /// @param member whose scratch memory to use
    Call product(
            PlaneMatrix a,
            boolean transposed,
            PlaneMatrix b,
            PlaneMatrix c,
            boolean accumulate,
            Workspace workspace,
            int member) {
        memory.desc left = transposed ? a.transposed(this) : a.description(this);
        memory.desc right = b.description(this);
        memory.desc result = c.description(this);
        return product(
                at(a.address(), left),
                at(b.address(), right),
                at(c.address(), result),
                accumulate,
                workspace,
                member);
    }

    /// `c = a·b` or `c = c + a·b` for matrices that begin elsewhere each time, computed on the
    /// thread that runs it.
    Product product(
            memory.desc a,
            memory.desc b,
            memory.desc c,
            boolean accumulate,
            Workspace workspace,
            int member) {
        return new Product(at(0, a), at(0, b), at(0, c), accumulate, workspace, member);
    }

    private Call product(
            memory a, memory b, memory c, boolean accumulate, Workspace workspace, int member) {
        primitive_attr own = own(new primitive_attr());
        own.set_scratchpad_mode(scratchpad_mode.user); // the library's belongs to another thread
        if (accumulate) {
            post_ops sum = own(new post_ops());
            sum.append_sum();
            own.set_post_ops(sum);
        }
        return OpenMp.withOneThread(() -> {
            matmul.primitive_desc description =
                    own(
                            new matmul.primitive_desc(
                                    engine, a.get_desc(), b.get_desc(), c.get_desc(), own, false));
            memory.desc scratch = own(description.scratchpad_desc());
            long place =
                    workspace.take("scratchpad" + member, scratch.get_size() / Float.BYTES + 1);
            return new Call(
                    new matmul(description),
                    DNNL_ARG_SRC,
                    a,
                    DNNL_ARG_WEIGHTS,
                    b,
                    DNNL_ARG_DST,
                    c,
                    DNNL_ARG_SCRATCHPAD,
                    at(place, scratch));
        });
    }

    /// A product of matrices that move through memory.
    final class Product {
        private final memory a;
        private final memory b;
        private final memory c;
        private final Call call;
        private final Address place = new Address(0);

        private Product(
                memory a, memory b, memory c, boolean accumulate, Workspace workspace, int member) {
            this.a = a;
            this.b = b;
            this.c = c;
            call = product(a, b, c, accumulate, workspace, member);
        }

        /// @param left address of `a`
        /// @param right address of `b`
        /// @param result address of `c`
        void run(long left, long right, long result) {
            a.set_data_handle(place.to(left));
            b.set_data_handle(place.to(right));
            c.set_data_handle(place.to(result));
            call.run();
        }
    }

    /// A primitive with its arguments, ready to run.
    final class Call {
        private final dnnl_primitive primitive;
        private final dnnl_exec_arg_t arguments;
        private final int count;

        /// @param arguments pairs of a `DNNL_ARG_…` number and a memory
        Call(primitive primitive, Object... arguments) {
            own(primitive);
            this.primitive = primitive.get();
            this.count = arguments.length / 2;
            this.arguments = own(new dnnl_exec_arg_t(count));
            for (int i = 0; i < count; i++) {
                this.arguments
                        .position(i)
                        .arg((Integer) arguments[2 * i])
                        .memory(((memory) arguments[2 * i + 1]).get());
            }
            this.arguments.position(0);
        }

        void run() {
            int status = dnnl_primitive_execute(primitive, rawStream, count, arguments);
            if (status != 0) {
                throw new IllegalStateException("oneDNN refused a primitive: status " + status);
            }
        }
    }

    @Override
    public void close() {
        for (int i = owned.size() - 1; i >= 0; i--) {
            owned.get(i).close();
        }
        owned.clear();
        allocations.forEach(Pointer::free);
        allocations.clear();
        spaces.forEach(AddressSpace::close);
        spaces.clear();
    }

    /// A pointer to memory that somebody else owns.
    private static final class Address extends Pointer {
        Address(long address) {
            this.address = address;
        }

        Address to(long other) {
            address = other;
            return this;
        }
    }
}
