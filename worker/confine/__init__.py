"""Pure work on hostile bytes, done in a child process that can be stopped: no feed or page can stall a worker.

    Confined.call(parse_feed, body, url=…)          pool: which child, and for how long one waits for it
        │ name, arguments as JSON, body             form: what crosses the pipe, and how it is written
        ▼                                           frame: how it is cut into pieces
    process ═══ pipe ═══ child                      process: the parent's end; child: the loop of the other process
        ▲ result as JSON, or a reason
    the same value that parse_feed(body, url=…) gives, or ConfinedError

Threads cannot be stopped, and a parser that spins inside C does not even hear a signal; a process can be killed. What
is bounded (`limits`) is time, processor time, memory and the size of the answer. The answer is data: nothing that a
child says is run. A child is a program of its own, not a fork: it can be started from threads and from Celery's
processes alike, and knows none of the settings.

Not here: what the parsers refuse or cut by themselves (`worker.stages`), and files, network or privileges, which a
child has as its parent has them.
"""
