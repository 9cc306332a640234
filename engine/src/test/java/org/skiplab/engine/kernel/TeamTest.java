package org.skiplab.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.IntFunction;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TeamTest {

    enum Threaded {
        OPEN_MP(OpenMpTeam::new),
        OWN(ThreadTeam::new);

        private final IntFunction<Team> opening;

        Threaded(IntFunction<Team> opening) {
            this.opening = opening;
        }

        Team of(int members) {
            assumeTrue(this == OWN || OpenMp.found(), "no GNU OpenMP here");
            return opening.apply(members);
        }
    }

    @BeforeAll
    static void loadOpenMp() {
        KernelPath.chosen().open().close();
    }

    @ParameterizedTest
    @EnumSource
    void everyMemberDoesItsShareOnce(Threaded threaded) {
        for (int members = 1; members <= 5; members++) {
            try (Team team = threaded.of(members)) {
                assertThat(counts(team, 1000)).containsOnly(1000).hasSize(members);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void theCallerIsMemberZero(Threaded threaded) {
        Thread[] ran = new Thread[2];
        try (Team team = threaded.of(2)) {
            team.run((member, _) -> ran[member] = Thread.currentThread());
        }
        assertThat(ran[0]).isSameAs(Thread.currentThread());
        assertThat(ran[1]).isNotNull().isNotSameAs(ran[0]);
    }

    @ParameterizedTest
    @EnumSource
    void aFailureReachesTheCallerAndTheTeamGoesOn(Threaded threaded) {
        try (Team team = threaded.of(3)) {
            for (int failing = 0; failing < 3; failing++) {
                int fails = failing;
                AtomicIntegerArray done = new AtomicIntegerArray(3);
                assertThatThrownBy(() ->
                                team.run((member, _) -> {
                                    done.incrementAndGet(member);
                                    if (member == fails) {
                                        throw new ArithmeticException("no " + fails);
                                    }
                                }))
                        .isInstanceOf(RuntimeException.class)
                        .hasStackTraceContaining("no " + fails);
                assertThat(counts(done)).containsExactly(1, 1, 1);
                assertThat(counts(team, 10)).containsOnly(10);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void callersOnManyThreadsHaveTheirOwnTeams(Threaded threaded) throws InterruptedException {
        List<int[]> counted = new ArrayList<>();
        List<Thread> callers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            callers.add(
                    new Thread(() -> {
                        try (Team team = threaded.of(2)) {
                            int[] counts = counts(team, 200);
                            synchronized (counted) {
                                counted.add(counts);
                            }
                        }
                    }));
        }
        callers.forEach(Thread::start);
        for (Thread caller : callers) {
            caller.join();
        }
        assertThat(counted).hasSize(8).allSatisfy(c -> assertThat(c).containsExactly(200, 200));
    }

    @ParameterizedTest
    @EnumSource
    void closingTwiceDoesNoHarm(Threaded threaded) {
        Team team = threaded.of(2);
        team.close();
        assertThatNoException().isThrownBy(team::close);
    }

    private static int[] counts(Team team, int times) {
        AtomicIntegerArray done = new AtomicIntegerArray(team.members());
        for (int i = 0; i < times; i++) {
            team.run((member, _) -> done.incrementAndGet(member));
        }
        return counts(done);
    }

    private static int[] counts(AtomicIntegerArray done) {
        int[] counts = new int[done.length()];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = done.get(i);
        }
        return counts;
    }
}
