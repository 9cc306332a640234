package org.skiplab.app.help;

import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.BulletList;
import org.commonmark.node.Code;
import org.commonmark.node.Emphasis;
import org.commonmark.node.Heading;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Link;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.parser.Parser;
import org.skiplab.app.theme.AppStyles;

/// Shows Markdown: headings, paragraphs, lists, formulas (as indented code) and links.
final class MarkdownView extends VBox {

    /// @param browse opens a web address
    MarkdownView(String markdown, Consumer<String> browse) {
        getStyleClass().add("markdown");
        Parser.builder().build().parse(markdown).accept(new Blocks(this, browse));
    }

    /// Turns blocks into children of a box.
    private static final class Blocks extends AbstractVisitor {
        private final VBox box;
        private final Consumer<String> browse;

        Blocks(VBox box, Consumer<String> browse) {
            this.box = box;
            this.browse = browse;
        }

        @Override
        public void visit(Heading heading) {
            add(heading, "markdown-h" + heading.getLevel());
        }

        @Override
        public void visit(Paragraph paragraph) {
            add(paragraph, "markdown-p");
        }

        @Override
        public void visit(IndentedCodeBlock formula) {
            Label label = new Label(formula.getLiteral().stripTrailing());
            label.getStyleClass().add(AppStyles.FORMULA);
            label.setMaxWidth(Double.MAX_VALUE);
            label.setWrapText(true);
            label.setMinHeight(Region.USE_PREF_SIZE);
            box.getChildren().add(label);
        }

        @Override
        public void visit(BulletList list) {
            VBox items = new VBox();
            items.getStyleClass().add("markdown-list");
            for (var item = list.getFirstChild(); item != null; item = item.getNext()) {
                VBox body = new VBox();
                HBox.setHgrow(body, Priority.ALWAYS);
                for (var child = item.getFirstChild(); child != null; child = child.getNext()) {
                    child.accept(new Blocks(body, browse));
                }
                Label bullet = new Label("•");
                bullet.setMinWidth(Region.USE_PREF_SIZE);
                items.getChildren().add(new HBox(8, bullet, body));
            }
            box.getChildren().add(items);
        }

        private void add(org.commonmark.node.Node block, String style) {
            TextFlow flow = new TextFlow();
            flow.getStyleClass().add(style);
            block.accept(new Words(flow, browse));
            StringBuilder words = new StringBuilder();
            for (Node node : flow.getChildren()) {
                words.append(
                        switch (node) {
                            case Text text -> text.getText();
                            case Hyperlink link -> link.getText();
                            default -> "";
                        });
            }
            flow.setAccessibleText(words.toString());
            box.getChildren().add(flow);
        }
    }

    /// Turns what stands in a line into a flow of texts.
    private static final class Words extends AbstractVisitor {
        private final TextFlow flow;
        private final Consumer<String> browse;
        private String style = "markdown-text";

        Words(TextFlow flow, Consumer<String> browse) {
            this.flow = flow;
            this.browse = browse;
        }

        @Override
        public void visit(org.commonmark.node.Text text) {
            word(text.getLiteral(), style);
        }

        @Override
        public void visit(SoftLineBreak line) {
            word(" ", style);
        }

        @Override
        public void visit(Code code) {
            word(code.getLiteral(), "markdown-code");
        }

        @Override
        public void visit(Emphasis emphasis) {
            styled("markdown-em", () -> visitChildren(emphasis));
        }

        @Override
        public void visit(StrongEmphasis strong) {
            styled("markdown-strong", () -> visitChildren(strong));
        }

        @Override
        public void visit(Link link) {
            String text =
                    link.getFirstChild() instanceof org.commonmark.node.Text t
                            ? t.getLiteral()
                            : link.getDestination();
            Hyperlink node = new Hyperlink(text);
            node.setOnAction(_ -> browse.accept(link.getDestination()));
            flow.getChildren().add(node);
        }

        private void styled(String other, Runnable children) {
            String before = style;
            style = other;
            children.run();
            style = before;
        }

        private void word(String text, String styleClass) {
            Text word = new Text(text);
            word.getStyleClass().addAll("markdown-text", styleClass);
            flow.getChildren().add(word);
        }
    }
}
