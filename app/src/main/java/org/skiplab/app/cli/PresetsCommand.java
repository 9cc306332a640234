package org.skiplab.app.cli;

import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.skiplab.engine.graph.Analysis;
import org.skiplab.engine.graph.Preset;
import org.skiplab.engine.graph.Presets;
import org.skiplab.engine.graph.Published;
import org.skiplab.engine.graph.Shape;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// `skiplab presets [--json]`: the gallery, with what the papers say.
@Command(
        name = "presets",
        description =
                "Lists the networks of the gallery. Other sizes go by the same names: resnet-N,"
                        + " plain-N, preact-resnet-N, stochastic-resnet-N, wrn-N-K, densenet-L-k,"
                        + " densenet-bc-L-k.",
        mixinStandardHelpOptions = true)
final class PresetsCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    PresetsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (json) {
            ArrayNode all = JsonNodeFactory.instance.arrayNode();
            Presets.all().forEach(p -> all.add(tree(p)));
            terminal.json(all);
        } else {
            Table table =
                    new Table("name", ">parameters", ">MACs", "input", "error % (paper, table)");
            for (Preset preset : Presets.all()) {
                Analysis analysis = Analysis.of(preset.network());
                table.row(
                        preset.name(),
                        Table.grouped(analysis.parameters()),
                        Table.grouped(analysis.macs()),
                        preset.input().toString(),
                        preset.published().isEmpty() ? "" : said(preset.published().getFirst()));
            }
            table.lines().forEach(terminal::line);
        }
        return 0;
    }

    private static String said(Published row) {
        String figures =
                row.figures().stream()
                        .map(f -> String.format(Locale.ROOT, "%s %.2f", f.data(), f.percent()))
                        .collect(Collectors.joining(", "));
        return figures + " (" + row.paper().arxiv() + ", " + row.table() + ")";
    }

    private static ObjectNode tree(Preset preset) {
        Analysis analysis = Analysis.of(preset.network());
        Shape input = preset.input();
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        tree.put("name", preset.name());
        tree.put("title", preset.title());
        tree.put("family", preset.family().title());
        tree.put("paper", preset.paper().arxiv());
        tree.putArray("input").add(input.height()).add(input.width()).add(input.channels());
        tree.put("classes", preset.classes());
        tree.put("parameters", analysis.parameters());
        tree.put("macs", analysis.macs());
        tree.put("note", preset.note());
        ArrayNode published = tree.putArray("published");
        for (Published row : preset.published()) {
            ObjectNode line = published.addObject();
            line.put("paper", row.paper().arxiv());
            line.put("table", row.table());
            line.put("row", row.row());
            line.put("parameters", row.parameters());
            ObjectNode errors = line.putObject("error_percent");
            row.figures().forEach(f -> errors.put(f.data(), f.percent()));
        }
        return tree;
    }
}
