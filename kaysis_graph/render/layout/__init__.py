"""Where everything of a diagram stands before it is drawn: ranks, cells, bundles and lines."""
