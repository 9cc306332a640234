package org.skiplab.engine.kernel;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A team of threads of our own, for where OpenMP's are out of reach.
///
/// Workers spin for some microseconds and then sleep: between two of our kernels oneDNN's own
/// threads need the cores.
final class ThreadTeam implements Team {

    private static final int SPINS = 2000;

    private final int members;
    private final Worker[] workers;

    ThreadTeam(int members) {
        this.members = members;
        workers = new Worker[members - 1];
        for (int i = 0; i < workers.length; i++) {
            workers[i] = new Worker(i + 1);
            workers[i].start();
        }
    }

    @Override
    public int members() {
        return members;
    }

    @Override
    public void run(Share share) {
        for (Worker worker : workers) {
            worker.assign(share);
        }
        try {
            share.run(0, members);
        } finally {
            for (Worker worker : workers) {
                worker.await();
            }
        }
        for (Worker worker : workers) {
            worker.complain();
        }
    }

    @Override
    public void close() {
        for (Worker worker : workers) {
            worker.assign(null);
        }
    }

    private final class Worker extends Thread {
        private final int member;
        private volatile int assigned;
        private volatile int done;
        private volatile boolean asleep;
        private @Nullable Share share;
        private @Nullable Throwable failure;

        Worker(int member) {
            super("skiplab-kernel-" + member);
            this.member = member;
            setDaemon(true);
        }

        @SuppressWarnings("NonAtomicOperationOnVolatileField") // one caller assigns
        void assign(@Nullable Share next) {
            share = next;
            assigned++;
            if (asleep) {
                LockSupport.unpark(this);
            }
        }

        void await() {
            int spins = 0;
            while (done != assigned) {
                if (spins++ < SPINS) {
                    Thread.onSpinWait();
                } else {
                    Thread.yield(); // on a busy machine the worker may need this very core
                }
            }
        }

        void complain() {
            Throwable thrown = failure;
            if (thrown != null) {
                failure = null;
                throw new IllegalStateException("a kernel failed", thrown);
            }
        }

        @Override
        public void run() {
            int seen = 0;
            while (true) {
                int spins = 0;
                while (assigned == seen) {
                    if (spins++ < SPINS) {
                        Thread.onSpinWait();
                    } else {
                        asleep = true;
                        if (assigned == seen) {
                            LockSupport.park(this);
                        }
                        asleep = false;
                    }
                }
                seen = assigned;
                Share work = share;
                if (work == null) {
                    return;
                }
                try {
                    work.run(member, members);
                } catch (RuntimeException | Error e) {
                    failure = e;
                }
                done = seen;
            }
        }
    }
}
