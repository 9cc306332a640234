package org.skiplab.engine.kernel;

import java.util.concurrent.atomic.AtomicInteger;

/// Work in parts that are dealt out one by one to whoever is free: a thread that the system takes
/// off its core for a while does less of it, and the others need not wait.
final class Deal implements Team.Share {

    private final Team team;
    private final int parts;
    private final Part work;
    private final AtomicInteger next = new AtomicInteger();

    /// One part of the work.
    interface Part {
        /// @param member who does it, from 0 to the team's `members − 1`, for memory of its own
        /// @param part which it is, from 0
        void run(int member, int part);
    }

    Deal(Team team, int parts, Part work) {
        this.team = team;
        this.parts = parts;
        this.work = work;
    }

    /// Returns when all parts are done.
    void run() {
        next.setPlain(0);
        team.run(this);
    }

    @Override
    public void run(int member, int members) {
        for (int part = next.getAndIncrement(); part < parts; part = next.getAndIncrement()) {
            work.run(member, part);
        }
    }
}
