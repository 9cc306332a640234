package org.skiplab.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlGroupTest {

    @TempDir Path root;

    private void file(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    @Test
    void nothingLimitsWhereThereAreNoGroups() {
        assertThat(ControlGroup.room(root)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void theNarrowestGroupAroundTheProcessCounts() throws IOException {
        file("proc/self/cgroup", "0::/user.slice/app\n");
        file("sys/fs/cgroup/user.slice/app/memory.max", "max\n");
        file("sys/fs/cgroup/user.slice/app/memory.current", "1000\n");
        file("sys/fs/cgroup/user.slice/memory.max", "16000000000\n");
        file("sys/fs/cgroup/user.slice/memory.current", "5000000000\n");
        assertThat(ControlGroup.room(root)).isEqualTo(11_000_000_000L);
        file("sys/fs/cgroup/user.slice/app/memory.max", "4000\n");
        assertThat(ControlGroup.room(root)).isEqualTo(3000);
    }

    @Test
    void cachedFilesAreGivenBack() throws IOException {
        file("proc/self/cgroup", "0::/\n");
        file("sys/fs/cgroup/memory.max", "8000");
        file("sys/fs/cgroup/memory.current", "7000");
        file("sys/fs/cgroup/memory.stat", "anon 1000\ninactive_file 5000\nactive_file 10\n");
        assertThat(ControlGroup.room(root)).isEqualTo(6000);
        file("sys/fs/cgroup/memory.current", "20000");
        assertThat(ControlGroup.room(root)).as("over its limit").isZero();
    }

    @Test
    void theFirstVersionHasOtherNames() throws IOException {
        file(
                "proc/self/cgroup",
                "5:cpu,cpuacct:/x\n4:memory:/docker/abc\n1:name=systemd:/x\n0::/\n");
        file("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");
        file("sys/fs/cgroup/memory/memory.usage_in_bytes", "5000\n");
        assertThat(ControlGroup.room(root)).as("no limit").isEqualTo(Long.MAX_VALUE);
        file("sys/fs/cgroup/memory/memory.limit_in_bytes", "9000\n");
        file("sys/fs/cgroup/memory/memory.stat", "total_inactive_file 500\n");
        assertThat(ControlGroup.room(root)).as("the container's own group").isEqualTo(4500);
    }

    @Test
    void namesThatLeadOutsideAndFilesThatMakeNoSenseLimitNothing() throws IOException {
        file("proc/self/cgroup", "0::/../../etc\nnonsense\n");
        file("etc/memory.max", "1");
        file("etc/memory.current", "1");
        file("sys/fs/cgroup/memory.max", "");
        file("sys/fs/cgroup/memory.current", "x");
        assertThat(ControlGroup.room(root)).isEqualTo(Long.MAX_VALUE);
    }
}
