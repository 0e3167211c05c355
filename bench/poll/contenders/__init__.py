"""One small script for each contender. It says when a phase is over and waits for leave to go on:

    > start        imported, database there
    > add          the sources are added
    > cold         all polled for the first time, entries stored
    > unchanged    all polled again; nothing had changed
    > 4000         entries in the database, and the script ends

It is started with a folder for its database and a file of addresses, one a line. It measures nothing: its CPU time is
read from outside while it waits.
"""
