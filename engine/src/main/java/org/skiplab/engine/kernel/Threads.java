package org.skiplab.engine.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

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
