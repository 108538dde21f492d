"""Where the graph is asked: one interface, and the engine behind it in processes that can be killed."""
