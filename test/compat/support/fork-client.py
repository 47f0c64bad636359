#!/usr/bin/python3
"""Runs a command-line client many times for the price of one import: every call is a fork, so it knows nothing of others.

usage: fork-client.py MODULE     (MODULE.main is the client's entry point)
stdin: {"id": N, "args": [...], "out": FILE, "err": FILE} a line; stdout: {"id": N, "code": EXIT} a line when it ended.
"""
import importlib
import json
import os
import sys
import threading
import traceback

main = importlib.import_module(sys.argv[1]).main


def call(job):
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    for number, name in ((1, job["out"]), (2, job["err"])):
        os.dup2(os.open(name, os.O_WRONLY | os.O_CREAT, 0o600), number)
    try:
        code = main(job["args"]) or 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
    except BaseException:
        traceback.print_exc()
        code = 70
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def tell(job, pid):
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    os.write(1, (json.dumps({"id": job["id"], "code": code}) + "\n").encode())


for line in iter(sys.stdin.readline, ""):
    job = json.loads(line)
    pid = os.fork()
    if pid == 0:
        call(job)
    threading.Thread(target=tell, args=(job, pid)).start()
