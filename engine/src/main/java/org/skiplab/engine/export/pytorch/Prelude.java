package org.skiplab.engine.export.pytorch;

/// Small functions and modules that blocks need; only those in use are written.
enum Prelude {
    CONV3X3(
            "conv3x3(",
            """
            def conv3x3(in_channels, channels, stride=1):
                return nn.Conv2d(in_channels, channels, 3, stride, 1, bias=False)
            """),
    CONV1X1(
            "conv1x1(",
            """
            def conv1x1(in_channels, channels, stride=1):
                return nn.Conv2d(in_channels, channels, 1, stride, bias=False)
            """),
    ZERO_PAD(
            "ZeroPadShortcut(",
            """
            class ZeroPadShortcut(nn.Module):
                \"""Identity; where the shape changes: every stride-th pixel, and channels of zeros (option A).\"""

                def __init__(self, in_channels, channels, stride):
                    super().__init__()
                    self.stride = stride
                    self.extra = channels - in_channels

                def forward(self, x):
                    x = x[:, :, ::self.stride, ::self.stride]
                    return F.pad(x, (0, 0, 0, 0, 0, self.extra))
            """),
    AVG_POOL_PAD(
            "AvgPoolPadShortcut(",
            """
            class AvgPoolPadShortcut(nn.Module):
                \"""Identity; where the shape changes: average pooling, and channels of zeros.\"""

                def __init__(self, in_channels, channels, stride):
                    super().__init__()
                    self.stride = stride
                    self.extra = channels - in_channels

                def forward(self, x):
                    if self.stride > 1:
                        x = F.avg_pool2d(x, self.stride)
                    return F.pad(x, (0, 0, 0, 0, 0, self.extra))
            """),
    COSINE(
            "Cosine(",
            """
            class Cosine(nn.Module):
                \"""Logits |cos| of the angle to fixed orthonormal directions: nothing is learnt.\"""

                def __init__(self, channels, classes):
                    super().__init__()
                    self.register_buffer("weight", nn.init.orthogonal_(torch.empty(classes, channels)))

                def forward(self, x):
                    return F.linear(F.normalize(x), self.weight).abs()
            """),
    DROP_PATH(
            "DropPath(",
            """
            class DropPath(nn.Module):
                \"""Draws what a residual branch counts for; None leaves it out of the mini-batch altogether.

                Stochastic depth, Huang et al. 2016, arXiv 1603.09382: one draw per mini-batch, the branch
                times its survival probability in evaluation. `scaled` divides by it in training instead,
                `per_sample` draws for each image (and then computes every branch).
                \"""

                def __init__(self, survival, per_sample=False, scaled=False):
                    super().__init__()
                    self.survival = survival
                    self.per_sample = per_sample
                    self.scaled = scaled
                    self.recorded = None  # draws to repeat, for the check

                def forward(self, x):
                    if not self.training:
                        return 1.0 if self.scaled else self.survival
                    if self.recorded is not None:
                        survives = self.recorded
                    else:
                        survives = torch.rand(len(x) if self.per_sample else 1) < self.survival
                    factor = 1 / self.survival if self.scaled else 1.0
                    if self.per_sample:
                        return factor * survives.to(x).view(-1, *[1] * (x.dim() - 1))
                    return factor if survives.item() else None
            """);

    private final String mark;
    private final String python;

    Prelude(String mark, String python) {
        this.mark = mark;
        this.python = python;
    }

    boolean neededBy(String source) {
        return source.contains(mark);
    }

    String python() {
        return python;
    }
}
