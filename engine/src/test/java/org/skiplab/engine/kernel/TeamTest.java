package org.skiplab.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.IntFunction;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
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

    @ParameterizedTest
    @EnumSource
    void everyPartIsDealtOnce(Threaded threaded) {
        for (int members = 1; members <= 4; members++) {
            try (Team team = threaded.of(members)) {
                AtomicIntegerArray done = new AtomicIntegerArray(9);
                Deal deal = new Deal(team, 9, (_, part) -> done.incrementAndGet(part));
                for (int i = 0; i < 100; i++) {
                    deal.run();
                }
                assertThat(counts(done)).containsOnly(100);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    @Timeout(60)
    void othersTakeThePartsOfOneWhoIsHeldUp(Threaded threaded) {
        try (Team team = threaded.of(2)) {
            CountDownLatch rest = new CountDownLatch(7);
            int[] taker = new int[8];
            new Deal(
                            team,
                            8,
                            (member, part) -> {
                                taker[part] = member;
                                if (part == 0) {
                                    await(rest);
                                } else {
                                    rest.countDown();
                                }
                            })
                    .run();
            assertThat(Arrays.stream(taker, 1, 8)).containsOnly(1 - taker[0]);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPartThatFailsReachesTheCallerAndTheNextDealIsWhole(Threaded threaded) {
        try (Team team = threaded.of(2)) {
            AtomicInteger runs = new AtomicInteger();
            AtomicIntegerArray done = new AtomicIntegerArray(6);
            Deal deal =
                    new Deal(
                            team,
                            6,
                            (_, part) -> {
                                if (runs.get() == 0 && part == 3) {
                                    throw new ArithmeticException("part 3");
                                }
                                done.incrementAndGet(part);
                            });
            assertThatThrownBy(deal::run).hasStackTraceContaining("part 3");
            runs.incrementAndGet();
            int[] before = counts(done);
            deal.run();
            int[] after = counts(done);
            for (int part = 0; part < 6; part++) {
                assertThat(after[part] - before[part]).isEqualTo(1);
            }
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
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
