package org.skiplab.app.cli;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.skiplab.engine.graph.Analysis;
import org.skiplab.engine.graph.Analysis.Facts;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Node;
import org.skiplab.engine.graph.Problem;
import org.skiplab.engine.graph.Shape;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// `skiplab describe DESIGN [--json]`: what a network consists of and costs.
@Command(
        name = "describe",
        description = "Shows each block's output shape, parameters and multiply-accumulates.",
        mixinStandardHelpOptions = true)
final class DescribeCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin private DesignArgument design = new DesignArgument();

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    DescribeCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws CommandFailure {
        Analysis analysis = Analysis.of(design.read().network());
        if (json) {
            terminal.json(tree(analysis));
        } else {
            print(analysis);
        }
        return 0;
    }

    private static ObjectNode tree(Analysis analysis) {
        Network network = analysis.network();
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        tree.put("name", network.name());
        put(tree, "input", Optional.of(network.input()));
        tree.put("parameters", analysis.parameters());
        tree.put("macs", analysis.macs());
        ArrayNode blocks = tree.putArray("blocks");
        for (Node node : network.topological()) {
            Optional<Facts> facts = analysis.facts(node.id());
            ObjectNode block = blocks.addObject();
            block.put("name", node.id());
            block.put("kind", node.block().kind().id());
            put(block, "output", facts.map(Facts::output));
            block.put("parameters", facts.map(Facts::parameters).orElse(null));
            block.put("macs", facts.map(Facts::macs).orElse(null));
        }
        if (!analysis.runnable()) {
            ArrayNode problems = tree.putArray("problems");
            for (Problem problem : analysis.problems()) {
                problems.addObject()
                        .put("block", problem.node())
                        .put("why", problem.why())
                        .put("fix", problem.fix());
            }
        }
        return tree;
    }

    private static void put(ObjectNode tree, String name, Optional<Shape> shape) {
        if (shape.isPresent()) {
            Shape s = shape.get();
            tree.putArray(name).add(s.height()).add(s.width()).add(s.channels());
        } else {
            tree.putNull(name);
        }
    }

    private void print(Analysis analysis) {
        Network network = analysis.network();
        terminal.line(network.name() + ", input " + network.input());
        terminal.line("");
        Table table = new Table("name", "kind", ">output", ">parameters", ">MACs");
        for (Node node : network.topological()) {
            Optional<Facts> facts = analysis.facts(node.id());
            table.row(
                    node.id(),
                    node.block().kind().id(),
                    facts.map(f -> f.output().toString()).orElse("?"),
                    facts.map(f -> Table.grouped(f.parameters())).orElse("?"),
                    facts.map(f -> Table.grouped(f.macs())).orElse("?"));
        }
        table.rule();
        table.row(
                "total",
                "",
                "",
                Table.grouped(analysis.parameters()),
                Table.grouped(analysis.macs()));
        table.lines().forEach(terminal::line);
        List<Problem> problems = analysis.problems();
        if (!problems.isEmpty()) {
            terminal.line("");
            terminal.line("This network cannot run yet:");
            problems.forEach(p -> terminal.line("  " + p));
        }
    }
}
