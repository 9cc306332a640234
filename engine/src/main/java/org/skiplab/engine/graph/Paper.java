package org.skiplab.engine.graph;

/// The papers whose networks, tables and recipes SkipLab knows.
public enum Paper {
    RESNET("1512.03385", "He et al. 2015", "Deep Residual Learning for Image Recognition"),
    IDENTITY_MAPPINGS(
            "1603.05027", "He et al. 2016", "Identity Mappings in Deep Residual Networks"),
    STOCHASTIC_DEPTH("1603.09382", "Huang et al. 2016", "Deep Networks with Stochastic Depth"),
    WIDE("1605.07146", "Zagoruyko & Komodakis 2016", "Wide Residual Networks"),
    DENSE("1608.06993", "Huang et al. 2016", "Densely Connected Convolutional Networks");

    private final String arxiv;
    private final String authors;
    private final String title;

    Paper(String arxiv, String authors, String title) {
        this.arxiv = arxiv;
        this.authors = authors;
        this.title = title;
    }

    /// arXiv number.
    public String arxiv() {
        return arxiv;
    }

    /// First authors and year, as in a citation.
    public String authors() {
        return authors;
    }

    public String title() {
        return title;
    }

    /// Where to read it.
    public String url() {
        return "https://arxiv.org/abs/" + arxiv;
    }
}
