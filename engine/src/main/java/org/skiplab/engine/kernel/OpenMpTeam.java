package org.skiplab.engine.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import org.jspecify.annotations.Nullable;

/// The threads that oneDNN computes with, as it would start them: those of the calling thread.
final class OpenMpTeam implements Team {

    private final int members;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment entry = OpenMp.entry(MethodHandles.lookup(), this, "enter", arena);
    private @Nullable Share share;
    private volatile @Nullable Throwable failure;

    OpenMpTeam(int members) {
        this.members = members;
    }

    @Override
    public int members() {
        return members;
    }

    @Override
    public void run(Share work) {
        share = work;
        OpenMp.parallel(entry, members);
        Throwable thrown = failure;
        if (thrown != null) {
            failure = null;
            throw new IllegalStateException("a kernel failed", thrown);
        }
    }

    /// What every thread of the region runs. OpenMP may give fewer of them than were asked for.
    @SuppressWarnings("unused") // native code calls it
    private void enter(long unused) {
        try {
            Share work = share;
            int threads = OpenMp.threads();
            for (int member = OpenMp.thread(); member < members; member += threads) {
                if (work != null) {
                    work.run(member, members);
                }
            }
        } catch (Throwable e) {
            failure = e; // nothing may be thrown through native code
        }
    }

    @Override
    public void close() {
        if (arena.scope().isAlive()) {
            arena.close();
        }
    }
}
