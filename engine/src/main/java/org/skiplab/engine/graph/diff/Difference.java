package org.skiplab.engine.graph.diff;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Node;
import org.skiplab.engine.graph.Setting;
import org.skiplab.engine.graph.Settings;

/// What distinguishes a network from another. Networks' names do not count.
///
/// Blocks correspond that have the same name and kind; of the others those that stand in the same
/// order, equal ones first, then those of the same kind; at last those of the same name.
///
/// @param deviations what was removed, altered and added, in the order in which data flow
/// @param partners for each block of the second network that corresponds to one of the first, that
///   one's name
public record Difference(List<Deviation> deviations, Map<String, String> partners) {

    public Difference {
        deviations = List.copyOf(deviations);
        partners = Map.copyOf(partners);
    }

    public static Difference between(Network before, Network after) {
        Correspondence match = Correspondence.of(before, after);
        List<Deviation> deviations = new ArrayList<>();
        whole("Images", before.input(), after.input()).ifPresent(deviations::add);
        whole("Survival", schedule(before), schedule(after)).ifPresent(deviations::add);
        Set<String> told = new HashSet<>();
        List<Node> first = before.topological();
        Map<String, Integer> place = new HashMap<>();
        first.forEach(n -> place.put(n.id(), place.size()));
        int reached = 0;
        for (Node node : after.topological()) {
            Optional<Node> partner = match.before(node.id()).map(before::node);
            if (partner.isEmpty()) {
                deviations.add(new Deviation.Added(node));
                continue;
            }
            // What was taken away in front of this block's partner comes first.
            for (int i = place.getOrDefault(partner.get().id(), 0); reached < i; reached++) {
                removed(first.get(reached), match, told).ifPresent(deviations::add);
            }
            altered(partner.get(), node, match).ifPresent(deviations::add);
        }
        for (Node node : first) {
            removed(node, match, told).ifPresent(deviations::add);
        }
        return new Difference(deviations, match.partners());
    }

    public boolean isEmpty() {
        return deviations.isEmpty();
    }

    /// How many blocks were added.
    public int added() {
        return count(Deviation.Added.class);
    }

    public int removed() {
        return count(Deviation.Removed.class);
    }

    /// How many blocks are there in both but not the same.
    public int altered() {
        return count(Deviation.Altered.class);
    }

    /// `2 blocks added, 1 removed, 3 changed`; empty if there is no difference.
    public String summary() {
        List<String> parts = new ArrayList<>();
        part(parts, added(), "added");
        part(parts, removed(), "removed");
        part(parts, altered(), "changed");
        for (Deviation deviation : deviations) {
            if (deviation instanceof Deviation.Whole(Change change)) {
                parts.add(change.label().toLowerCase(Locale.ROOT) + " changed");
            }
        }
        return String.join(", ", parts);
    }

    private int count(Class<? extends Deviation> type) {
        return (int) deviations.stream().filter(type::isInstance).count();
    }

    private static void part(List<String> parts, int count, String what) {
        if (count > 0) {
            String blocks = parts.isEmpty() ? count == 1 ? " block " : " blocks " : " ";
            parts.add(count + blocks + what);
        }
    }

    /// A schedule that gates nothing makes no difference.
    private static String schedule(Network network) {
        return network.nodes().stream().anyMatch(n -> Network.gateOf(n.block()).isPresent())
                ? network.survival().text()
                : "none";
    }

    private static Optional<Deviation> whole(String label, Object before, Object after) {
        return before.equals(after)
                ? Optional.empty()
                : Optional.of(
                        new Deviation.Whole(
                                new Change(label, before.toString(), after.toString())));
    }

    private static Optional<Deviation> removed(Node node, Correspondence match, Set<String> told) {
        return match.after(node.id()).isEmpty() && told.add(node.id())
                ? Optional.of(new Deviation.Removed(node))
                : Optional.empty();
    }

    private static Optional<Deviation> altered(Node before, Node after, Correspondence match) {
        List<Change> changes = new ArrayList<>();
        if (!before.id().equals(after.id())) {
            changes.add(new Change("Name", before.id(), after.id()));
        }
        changes.addAll(settings(before, after));
        boolean rewired = match.rewired(before, after);
        return changes.isEmpty() && !rewired
                ? Optional.empty()
                : Optional.of(new Deviation.Altered(before, after, changes, rewired));
    }

    private static List<Change> settings(Node before, Node after) {
        if (before.block().equals(after.block())) {
            return List.of();
        }
        List<Change> changes = new ArrayList<>();
        if (before.block().kind() != after.block().kind()) {
            changes.add(
                    new Change(
                            "Kind", before.block().kind().title(), after.block().kind().title()));
            return changes;
        }
        Map<String, Setting> old = new HashMap<>();
        Settings.of(before.block()).forEach(s -> old.put(s.name(), s));
        Set<String> seen = new HashSet<>();
        for (Setting now : Settings.of(after.block())) {
            seen.add(now.name());
            Setting then = old.get(now.name());
            String value = text(now);
            String was = then == null ? "–" : text(then);
            if (!value.equals(was)) {
                changes.add(new Change(now.label(), was, value));
            }
        }
        Settings.of(before.block()).stream()
                .filter(s -> !seen.contains(s.name()))
                .forEach(s -> changes.add(new Change(s.label(), text(s), "–")));
        return changes;
    }

    private static String text(Setting setting) {
        return switch (setting) {
            case Setting.Flag f -> f.value() ? "yes" : "no";
            case Setting.Choice c ->
                    c.options().stream()
                            .filter(o -> o.id().equals(c.value()))
                            .map(Setting.Option::title)
                            .findFirst()
                            .orElse(c.value());
            case Setting.Override o -> o.value() == null ? o.rule() : plain(o.value());
            case Setting.Real r -> plain(r.value());
            case Setting.Whole w -> w.value().toString();
        };
    }

    private static String plain(double value) {
        return value == Math.rint(value)
                ? Long.toString(Math.round(value))
                : Double.toString(value);
    }
}
