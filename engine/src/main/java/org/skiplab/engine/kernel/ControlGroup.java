package org.skiplab.engine.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What a container may still take: Linux kills whoever goes beyond the limit of a control group,
/// however much memory the machine has.
final class ControlGroup {

    /// Of a hierarchy of groups, relative to the file system's root.
    ///
    /// @param mount where it hangs
    /// @param limit the file that holds the most bytes that the group may hold
    /// @param usage the file that holds how many it holds, the cached files among them
    /// @param cached the line of `memory.stat` with the cached bytes that it gives back on demand
    private record Hierarchy(String mount, String limit, String usage, String cached) {}

    private static final Hierarchy V1 =
            new Hierarchy(
                    "sys/fs/cgroup/memory",
                    "memory.limit_in_bytes",
                    "memory.usage_in_bytes",
                    "total_inactive_file");

    private static final List<Hierarchy> V2 =
            List.of(
                    new Hierarchy("sys/fs/cgroup", "memory.max", "memory.current", "inactive_file"),
                    new Hierarchy(
                            "sys/fs/cgroup/unified",
                            "memory.max",
                            "memory.current",
                            "inactive_file"));

    private ControlGroup() {}

    /// Bytes that this process's groups, and those around them, leave; [Long#MAX_VALUE] where
    /// nothing limits them.
    ///
    /// @param root of the file system: `/`
    static long room(Path root) {
        long room = Long.MAX_VALUE;
        for (String line : lines(root.resolve("proc/self/cgroup"))) {
            String[] parts = line.split(":", 3);
            if (parts.length < 3) {
                continue;
            }
            List<Hierarchy> hierarchies = new ArrayList<>();
            if (parts[1].isEmpty()) {
                hierarchies.addAll(V2);
            } else if (List.of(parts[1].split(",")).contains("memory")) {
                hierarchies.add(V1);
            }
            for (Hierarchy hierarchy : hierarchies) {
                room = Math.min(room, room(root.resolve(hierarchy.mount), parts[2], hierarchy));
            }
        }
        return room;
    }

    /// From the group itself up to the root of the hierarchy. Inside a container the names may be
    /// those of the machine outside: what is not there has no limit.
    private static long room(Path mount, String group, Hierarchy hierarchy) {
        Path top = mount.normalize();
        Path at = top.resolve(group.replaceFirst("^/+", "")).normalize();
        long room = Long.MAX_VALUE;
        while (at != null && at.startsWith(top)) {
            long limit = number(at.resolve(hierarchy.limit));
            long usage = number(at.resolve(hierarchy.usage));
            if (limit >= 0 && usage >= 0) {
                room = Math.min(room, Math.max(0, limit - usage + cached(at, hierarchy)));
            }
            at = at.getParent();
        }
        return room;
    }

    private static long cached(Path group, Hierarchy hierarchy) {
        String start = hierarchy.cached + " ";
        for (String line : lines(group.resolve("memory.stat"))) {
            if (line.startsWith(start)) {
                return Math.max(0, number(line.substring(start.length())));
            }
        }
        return 0;
    }

    private static long number(Path file) {
        List<String> lines = lines(file);
        return lines.isEmpty() ? -1 : number(lines.getFirst());
    }

    /// The number, or -1 for `max` and for what v1 writes instead of it.
    private static long number(String text) {
        try {
            long value = Long.parseLong(text.strip());
            return value >= Long.MAX_VALUE / 2 ? -1 : value;
        } catch (NumberFormatException _) {
            return -1;
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.isRegularFile(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException _) {
            return List.of();
        }
    }
}
