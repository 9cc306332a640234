package org.skiplab.engine.kernel;

import static java.util.Objects.requireNonNull;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// GNU OpenMP, whose threads oneDNN computes with. Ask only after oneDNN has been loaded: it brings
/// the library along. Other platforms' oneDNN computes with other threads.
final class OpenMp {

    /// What a parallel region runs: `void (*)(void *)`.
    private static final FunctionDescriptor REGION =
            FunctionDescriptor.ofVoid(ValueLayout.JAVA_LONG);

    // Handles have to be constants for calls through them to cost nothing; so no Optional.
    private static final @Nullable MethodHandle SET_THREADS =
            function("omp_set_num_threads", FunctionDescriptor.ofVoid(ValueLayout.JAVA_INT));
    private static final @Nullable MethodHandle THREAD = number("omp_get_thread_num");
    private static final @Nullable MethodHandle THREADS = number("omp_get_num_threads");
    private static final @Nullable MethodHandle PARALLEL =
            function(
                    "GOMP_parallel",
                    FunctionDescriptor.ofVoid(
                            ValueLayout.ADDRESS,
                            ValueLayout.JAVA_LONG,
                            ValueLayout.JAVA_INT,
                            ValueLayout.JAVA_INT));

    private OpenMp() {}

    static boolean found() {
        return SET_THREADS != null && THREAD != null && THREADS != null && PARALLEL != null;
    }

    /// Something that native code can call while the arena lives.
    ///
    /// @param method of `receiver`, `void name(long)`; must not throw
    static MemorySegment entry(
            MethodHandles.Lookup lookup, Object receiver, String method, Arena arena) {
        try {
            return linked(
                    lookup.bind(receiver, method, MethodType.methodType(void.class, long.class)),
                    arena);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(method, e);
        }
    }

    @SuppressWarnings("restricted") // of the type that OpenMP calls
    private static MemorySegment linked(MethodHandle method, Arena arena) {
        return Linker.nativeLinker().upcallStub(method, REGION, arena);
    }

    /// Has `threads` threads, the caller among them, call `entry`; returns when all have.
    static void parallel(MemorySegment entry, int threads) {
        try {
            requireNonNull(PARALLEL).invokeExact(entry, 0L, threads, 0);
        } catch (Throwable e) {
            throw new IllegalStateException("OpenMP starts no threads", e);
        }
    }

    /// Number of the calling thread in its parallel region, 0 for the one that began it.
    static int thread() {
        try {
            return (int) requireNonNull(THREAD).invokeExact();
        } catch (Throwable e) {
            throw new IllegalStateException("OpenMP numbers no threads", e);
        }
    }

    /// Threads in the parallel region.
    static int threads() {
        try {
            return (int) requireNonNull(THREADS).invokeExact();
        } catch (Throwable e) {
            throw new IllegalStateException("OpenMP counts no threads", e);
        }
    }

    /// Builds something that shall compute on the thread that runs it, and on that alone.
    static <T> T withOneThread(Supplier<T> building) {
        setThreads(1);
        try {
            return building.get();
        } finally {
            setThreads(Threads.COUNT);
        }
    }

    private static void setThreads(int count) {
        try {
            requireNonNull(SET_THREADS).invokeExact(count);
        } catch (Throwable e) {
            throw new IllegalStateException("OpenMP refuses " + count + " threads", e);
        }
    }

    /// A function too short to tell the virtual machine about.
    private static @Nullable MethodHandle number(String name) {
        return function(
                name, FunctionDescriptor.of(ValueLayout.JAVA_INT), Linker.Option.critical(false));
    }

    @SuppressWarnings("restricted") // of the types that OpenMP's manual says
    private static @Nullable MethodHandle function(
            String name, FunctionDescriptor type, Linker.Option... options) {
        return library()
                .flatMap(names -> names.find(name))
                .map(address -> Linker.nativeLinker().downcallHandle(address, type, options))
                .orElse(null);
    }

    @SuppressWarnings("restricted") // finds what is loaded already
    private static Optional<SymbolLookup> library() {
        try {
            return Optional.of(SymbolLookup.libraryLookup("libgomp.so.1", Arena.global()));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
