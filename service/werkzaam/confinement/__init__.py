"""Processes that can be killed: limits on memory, files and time, and no network.

A confined process runs one Python module, talks over two pipes in frames, and dies with its parent.
"""
