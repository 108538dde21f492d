"""A server that always says the same: how much the load generator can ask, and what HTTP costs.

Run as ``python -m tests.benchmarks.trivial PORT``.
"""

import selectors
import socket
import sys

_BODY = b'{"head":{},"boolean":true}'.ljust(160)
_ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%b" % (len(_BODY), _BODY)


def serve(port: int) -> None:
    """Answer until killed."""
    chosen = selectors.DefaultSelector()
    listener = socket.create_server(("127.0.0.1", port))
    chosen.register(listener, selectors.EVENT_READ, None)
    while True:
        for key, _ in chosen.select():
            if key.data is None:
                connection, _ = listener.accept()
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                chosen.register(connection, selectors.EVENT_READ, connection)
            elif not _answered(key.data):
                chosen.unregister(key.data)
                key.data.close()


def _answered(connection: socket.socket) -> bool:
    try:
        if not connection.recv(1 << 16):
            return False
        connection.sendall(_ANSWER)
    except OSError:
        return False
    return True


if __name__ == "__main__":
    serve(int(sys.argv[1]))
