"""``/mcp``: the questions, the model and SPARQL as tools for assistants, after the `Model Context
Protocol <https://modelcontextprotocol.io/specification>`_; nothing here writes."""
