package org.skiplab.engine.export.pytorch;

/// The end of the exported program: loading the arrays, and the check.
final class Check {
    private Check() {}

    static final String PYTHON =
            """
            def load(model, path=HERE / "weights.npz"):
                \"""Puts the exported arrays into the model and returns it.\"""
                with np.load(path) as arrays:
                    state = {name: torch.from_numpy(arrays[name]) for name in arrays.files}
                missing, unexpected = model.load_state_dict(state, strict=False)
                missing = [name for name in missing if not name.endswith("num_batches_tracked")]
                if missing or unexpected:
                    raise SystemExit(f"{path} does not fit: {missing} missing, {unexpected} unknown")
                return model


            def repeat_draws(model, sample):
                \"""Lets drop paths and dropouts draw what they drew in SkipLab.\"""
                modules = dict(model.named_modules())
                for name in sample:
                    kind, _, path = name.partition("/")
                    if kind == "gate":
                        modules[path].recorded = torch.from_numpy(sample[name]).bool()
                    elif kind == "dropout":
                        kept = torch.from_numpy(sample[name])
                        modules[path].register_forward_hook(
                            lambda module, x, _, kept=kept: x[0] * kept.view_as(x[0]) / (1 - module.p))


            def difference(pairs):
                \"""Largest |ours - SkipLab's| / |SkipLab's| over arrays, in the Euclidean norm, and where.

                A norm below a thousandth of the largest counts as that much: some gradients are zero.
                \"""
                norms = {name: np.linalg.norm(np.float64(theirs)) for name, _, theirs in pairs}
                floor = max(1e-3 * max(norms.values()), 1e-12)
                return max(
                    (np.linalg.norm(ours - theirs) / max(norms[name], floor), name)
                    for name, ours, theirs in pairs)


            def check(folder=HERE, tolerance=1e-6):
                \"""Compares evaluation logits, training loss, gradients and running statistics.

                Both sides compute in double precision. The last two lines are what SkipLab trains and
                classifies with, in single precision; they may differ by 1e-3.
                \"""
                with np.load(folder / "sample.npz") as arrays:
                    sample = {name: arrays[name] for name in arrays.files}
                model = load(Network(), folder / "weights.npz").double()
                images = torch.from_numpy(sample["images"])
                labels = torch.from_numpy(sample["labels"])

                model.eval()
                with torch.no_grad():
                    logits = model(images).numpy()
                model.train()
                repeat_draws(model, sample)
                loss = F.cross_entropy(model(images), labels)
                loss.backward()
                loss = loss.detach().numpy()
                ours = {
                    "gradient": {name: torch.zeros_like(p) if p.grad is None else p.grad
                                 for name, p in model.named_parameters()},
                    "statistics": dict(model.named_buffers())}

                results = [
                    ("evaluation logits", tolerance, difference([("", logits, sample["logits"])])),
                    ("training loss", tolerance, difference([("", loss, sample["loss"])]))]
                for kind, title in [("gradient", "gradients"), ("statistics", "running statistics")]:
                    pairs = [(name, ours[kind][name[len(kind) + 1:]].numpy(), theirs)
                             for name, theirs in sample.items() if name.startswith(kind + "/")]
                    if pairs:
                        results.append((title, tolerance, difference(pairs)))
                results += [
                    ("logits, single", 1e-3, difference([("", logits, sample["single/logits"])])),
                    ("loss, single", 1e-3, difference([("", loss, sample["single/loss"])]))]

                print("largest relative differences from SkipLab")
                fits = True
                for title, allowed, (value, name) in results:
                    fits = fits and value <= allowed
                    mark = "" if value <= allowed else f"LARGER than {allowed:g} "
                    print(f"  {title:20} {value:.1e}  {mark}{name.partition('/')[2]}")
                print("PyTorch agrees" if fits else "PyTorch DISAGREES")
                return fits


            if __name__ == "__main__":
                parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
                parser.add_argument("--check", action="store_true", help="compare with SkipLab's numbers")
                parser.add_argument("--tolerance", type=float, default=1e-6, help="largest relative difference")
                arguments = parser.parse_args()
                if arguments.check:
                    sys.exit(0 if check(tolerance=arguments.tolerance) else 1)
                print(load(Network()))
            """;
}
