package org.skiplab.engine.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;
import java.util.function.Supplier;

/// How many threads compute, and how they wait. Must be settled before a native library is loaded.
public final class Threads {

    /// `-Dskiplab.threads=N`, or all processors.
    public static final int COUNT =
            Integer.getInteger("skiplab.threads", Runtime.getRuntime().availableProcessors());

    /// GNU OpenMP spins for milliseconds by default. On a machine that also draws a window that
    /// makes a whole team wait for one thread that lost its core (measured: 3 ms become 8 ms). This
    /// many spins are some tens of microseconds.
    private static final String SPINS = "4000";

    private Threads() {}

    /// Sets OpenMP's environment unless the user did. Has no effect once OpenMP is loaded.
    public static void prepareOpenMp() {
        set("OMP_NUM_THREADS", Integer.toString(COUNT));
        set("GOMP_SPINCOUNT", SPINS);
    }

    /// Whether single threads can be kept from splitting their work: GNU OpenMP is in reach.
    static boolean openMpSplits() {
        return OpenMp.SET_THREADS.isPresent();
    }

    /// Builds something that shall compute on the thread that runs it, and on that alone.
    static <T> T withOneOpenMpThread(Supplier<T> building) {
        setOpenMpThreads(1);
        try {
            return building.get();
        } finally {
            setOpenMpThreads(COUNT);
        }
    }

    private static void setOpenMpThreads(int count) {
        try {
            OpenMp.SET_THREADS.orElseThrow().invokeExact(count);
        } catch (Throwable e) {
            throw new IllegalStateException("OpenMP refuses " + count + " threads", e);
        }
    }

    /// The library that oneDNN has loaded.
    private static final class OpenMp {
        @SuppressWarnings("restricted") // a function of one int
        static final Optional<MethodHandle> SET_THREADS =
                library()
                        .flatMap(names -> names.find("omp_set_num_threads"))
                        .map(address ->
                                Linker.nativeLinker()
                                        .downcallHandle(
                                                address,
                                                FunctionDescriptor.ofVoid(ValueLayout.JAVA_INT)));

        @SuppressWarnings("restricted") // finds what is loaded already
        private static Optional<SymbolLookup> library() {
            try {
                return Optional.of(SymbolLookup.libraryLookup("libgomp.so.1", Arena.global()));
            } catch (IllegalArgumentException _) {
                return Optional.empty();
            }
        }
    }

    @SuppressWarnings("restricted") // calls the C library's setenv
    private static void set(String name, String value) {
        if (System.getenv(name) != null) {
            return;
        }
        Linker linker = Linker.nativeLinker();
        Optional<MethodHandle> setenv =
                linker.defaultLookup()
                        .find("setenv")
                        .map(address ->
                                linker.downcallHandle(
                                        address,
                                        FunctionDescriptor.of(
                                                ValueLayout.JAVA_INT,
                                                ValueLayout.ADDRESS,
                                                ValueLayout.ADDRESS,
                                                ValueLayout.JAVA_INT)));
        if (setenv.isEmpty()) {
            return;
        }
        try (Arena arena = Arena.ofConfined()) {
            int _ =
                    (int)
                            setenv.get()
                                    .invokeExact(
                                            arena.allocateFrom(name), arena.allocateFrom(value), 1);
        } catch (Throwable e) {
            throw new IllegalStateException("cannot set " + name, e);
        }
    }
}
