"""The pages people read: templates, style, and what fills them."""
