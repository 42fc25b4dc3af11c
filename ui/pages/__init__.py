"""Pages: one module for each template, from an answer to HTML."""
