package org.skiplab.engine.export;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Node;

/// Gives every block a name that can be an attribute of a PyTorch module: the block's own wherever
/// Python allows it. The same names are used in every exported file.
public final class TorchNames {

    /// Python's keywords, what a module has already, and what the exported file's lines use.
    private static final Set<String> TAKEN =
            Set.of(
                    ("False None True and as assert async await break class continue def del elif"
                                    + " else except finally for from global if import in is lambda"
                                    + " nonlocal not or pass raise return try while with yield"
                                    + " add_module apply bfloat16 buffers call_super_init children"
                                    + " compile cpu cuda double dump_patches eval extra_repr float"
                                    + " forward get_buffer get_extra_state get_parameter"
                                    + " get_submodule half ipu load_state_dict modules"
                                    + " named_buffers named_children named_modules"
                                    + " named_parameters parameters register_backward_hook"
                                    + " register_buffer register_forward_hook"
                                    + " register_forward_pre_hook register_full_backward_hook"
                                    + " register_full_backward_pre_hook"
                                    + " register_load_state_dict_post_hook register_module"
                                    + " register_parameter register_state_dict_pre_hook"
                                    + " requires_grad_ set_extra_state set_submodule share_memory"
                                    + " state_dict to to_empty train training type xpu zero_grad"
                                    + " append extend insert pop keys values items"
                                    + " self images logits torch nn F np len OrderedDict kept")
                            .split(" "));

    /// Begins the names of local variables that no block has.
    public static final String LOCAL = "kept_";

    private final Map<String, String> names = new HashMap<>();

    public TorchNames(Network network) {
        Set<String> used = new HashSet<>(TAKEN);
        for (Node node : network.nodes()) {
            String plain = node.id().replaceAll("[^A-Za-z0-9_]", "_");
            boolean fits = Character.isLetter(plain.charAt(0)) && !plain.startsWith(LOCAL);
            String wish = fits ? plain : "block" + plain;
            String name = wish;
            for (int n = 2; !used.add(name); n++) {
                name = wish + "_" + n;
            }
            names.put(node.id(), name);
        }
    }

    /// The attribute of a block of the network.
    ///
    /// @throws IllegalArgumentException if there is no such block
    public String of(String node) {
        String name = names.get(node);
        if (name == null) {
            throw new IllegalArgumentException("there is no block called " + node);
        }
        return name;
    }

    /// The path of an array or layer of the expanded network: `stage1_block1.conv1.weight`.
    ///
    /// @throws IllegalArgumentException if it belongs to no block
    public String path(String inside) {
        String block = inside;
        while (!names.containsKey(block)) {
            int dot = block.lastIndexOf('.');
            if (dot < 0) {
                throw new IllegalArgumentException("no block holds " + inside);
            }
            block = block.substring(0, dot);
        }
        return of(block) + inside.substring(block.length());
    }
}
